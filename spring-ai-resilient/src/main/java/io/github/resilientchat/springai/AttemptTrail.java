package io.github.resilientchat.springai;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.report.CodedFailure;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.observation.AttemptObservationContext;
import io.github.resilientchat.observation.AttemptObservationContext.Outcome;
import io.github.resilientchat.observation.CallObservations;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * The attempts of one call as traces see them: an observation each, below the call's and above what
 * the target's model observes itself. Only of calls that block: the attempts of a stream end on
 * threads that many streams share, where no handler of an application may run.
 */
final class AttemptTrail {

  /** Where nobody observes. */
  static final AttemptTrail NONE =
      new AttemptTrail(CallObservations.of(ObservationRegistry.NOOP), "");

  private final CallObservations observations;
  private final String route;
  private final Ticker ticker = Ticker.system();
  private final long began = ticker.nanos();
  private volatile @Nullable String failedBefore;

  AttemptTrail(CallObservations observations, String route) {
    this.observations = observations;
    this.route = route;
  }

  ChatResponse call(Target target, Supplier<ChatResponse> attempt) {
    if (observations.isNoop()) {
      return attempt.get();
    }
    Duration waited = Duration.ofNanos(ticker.nanos() - began);
    AttemptObservationContext known =
        new AttemptObservationContext(route, target.name(), waited, failedBefore);
    WatchedCall watched = WatchedCall.started(observations.attempt(known), observations.registry());
    try {
      ChatResponse answer = watched.around(attempt);
      watched.ended(() -> known.outcome(Outcome.ANSWERED));
      return answer;
    } catch (Throwable error) {
      failedBefore = String.valueOf(CodedFailure.of(error).getMessage());
      watched.failed(error, () -> known.outcome(Outcome.FAILED));
      throw error;
    }
  }
}
