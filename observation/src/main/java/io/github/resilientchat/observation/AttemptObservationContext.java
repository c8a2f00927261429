package io.github.resilientchat.observation;

import io.micrometer.observation.Observation;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** What is known of one attempt of a call that is observed. Thread-safe. */
public final class AttemptObservationContext extends Observation.Context {

  /** How an attempt ended. */
  public enum Outcome {
    /** The target answered. */
    ANSWERED,
    /** It did not. */
    FAILED,
    /** Nobody waits for it any more. */
    CANCELLED;

    static Outcome of(@Nullable Throwable error) {
      if (error == null) {
        return ANSWERED;
      }
      return error instanceof CancellationException ? CANCELLED : FAILED;
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String route;
  private final String target;
  private final Duration waited;
  private final @Nullable String reason;
  private volatile @Nullable Outcome outcome;

  /**
   * An attempt that begins.
   *
   * @param waited how long after the call began
   * @param reason what the one before it failed with, as a type and codes, or null
   */
  public AttemptObservationContext(
      String route, String target, Duration waited, @Nullable String reason) {
    this.route = route;
    this.target = target;
    this.waited = waited;
    this.reason = reason;
  }

  /** The route's name. */
  public String route() {
    return route;
  }

  /** The target's name. */
  public String target() {
    return target;
  }

  /** How long after the call the attempt began. */
  public Duration waited() {
    return waited;
  }

  /** What the attempt before it failed with, as a type and codes; null when it is the first. */
  public @Nullable String reason() {
    return reason;
  }

  /** How it ended; null while it goes on. */
  public @Nullable Outcome outcome() {
    return outcome;
  }

  public void outcome(Outcome value) {
    outcome = value;
  }
}
