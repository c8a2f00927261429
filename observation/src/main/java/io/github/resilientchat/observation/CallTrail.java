package io.github.resilientchat.observation;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.report.CodedFailure;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.observation.AttemptObservationContext.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt is told of those before it in the same call: how long ago the call began, and
 * what the last one failed with. Thread-safe.
 */
public final class CallTrail {

  private final String route;
  private final Ticker ticker;
  private final long began;
  private volatile @Nullable String failedBefore;

  private CallTrail(String route, Ticker ticker) {
    this.route = route;
    this.ticker = ticker;
    this.began = ticker.nanos();
  }

  /** Of a call over the route that begins now. */
  public static CallTrail of(String route) {
    return of(route, Ticker.system());
  }

  static CallTrail of(String route, Ticker ticker) {
    return new CallTrail(route, ticker);
  }

  /** What is known of an attempt that begins now. */
  public AttemptObservationContext begins(Target target) {
    Duration waited = Duration.ofNanos(ticker.nanos() - began);
    return new AttemptObservationContext(route, target.name(), waited, failedBefore);
  }

  /**
   * Notes how an attempt ended.
   *
   * @param error null when the target answered; a {@link
   *     java.util.concurrent.CancellationException} when nobody waits for it any more
   */
  public void ended(AttemptObservationContext attempt, @Nullable Throwable error) {
    Outcome outcome = Outcome.of(error);
    attempt.outcome(outcome);
    if (error != null && outcome == Outcome.FAILED) {
      failedBefore = CodedFailure.of(error).getMessage();
    }
  }
}
