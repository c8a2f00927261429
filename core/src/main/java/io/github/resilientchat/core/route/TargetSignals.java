package io.github.resilientchat.core.route;

/**
 * What the engine knows about a target. Cheap to read, under no lock; each value is a moment's view
 * and may have changed by the time another is read. {@code now} is the moment that an order was
 * asked at, or {@link Signals#now()}.
 */
public interface TargetSignals {

  /** Attempts under way. */
  int inFlight();

  /** Attempts under way beyond twice what the target is used to; 0 in quiet times. */
  int surge();

  /**
   * Expected seconds to answer a call of usual length, from time to first token and time per output
   * token; NaN while unknown or when nothing was heard for a while. While attempts are under way it
   * is no less than the time for which none was answered: who hangs says nothing. Failures never
   * make it smaller.
   */
  double latency(boolean streaming, long now);

  /**
   * How many times slower the target is now than at its best of the last minutes: servers grow slow
   * as they fill. 1 while unknown.
   */
  double slowdown(boolean streaming, long now);

  /**
   * Recent share of attempts that failed by the target's own fault, from 0 to 1; of blocking calls
   * or of streams, because what breaks one may let the other through.
   */
  double failures(boolean streaming, long now);

  /** Share of the tightest limit that is left, from 0 to 1; 1 without limits. */
  double quotaLeft(long now);

  /**
   * Share of its usual load that a target should get, below 1 for a while after it recovered; 0
   * while it is drained.
   */
  double rampUp(boolean streaming, long now);

  /** Whether the target was out, may be tried again, and waits for the first call to prove it. */
  boolean probeDue(boolean streaming, long now);

  /**
   * Whether no probe becomes {@linkplain #probeDue due} before the next of {@link
   * Signals#troubles}. False where nobody counts those.
   */
  default boolean isSound(boolean streaming, long now) {
    return false;
  }
}
