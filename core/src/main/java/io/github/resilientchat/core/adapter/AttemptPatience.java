package io.github.resilientchat.core.adapter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long an attempt of a stream may stay silent, and when another is asked beside it. */
abstract class AttemptPatience {

  final Attempt attempt;
  private boolean hedgeable = true;
  private volatile boolean heard;

  AttemptPatience(Attempt attempt) {
    this.attempt = attempt;
  }

  /**
   * The client received something, which the target's model may never pass on.
   *
   * @return whether it is the first sign of life, which changes how long to wait
   */
  final boolean hears(long characters) {
    attempt.heard(characters);
    if (heard) {
      return false;
    }
    heard = true;
    return true;
  }

  /** Whether there was a sign of life. */
  final boolean isHeard() {
    return heard;
  }

  /** The answer is the call's: nobody else is asked any more. */
  final void commits() {
    heard = true;
    hedgeable = false;
  }

  /** Whether another is to be asked beside it now; said once. */
  final boolean takeHedge() {
    Duration hedge = untilHedge();
    boolean due = hedge != null && hedge.isZero();
    hedgeable &= !due;
    return due;
  }

  /** How long until there is something to look at. */
  final Duration untilLook() {
    Duration silent = attempt.untilSilent();
    Duration hedge = untilHedge();
    return hedge != null && hedge.compareTo(silent) < 0 ? hedge : silent;
  }

  private @Nullable Duration untilHedge() {
    if (!hedgeable) {
      return null;
    }
    Duration after = attempt.hedgeAfter().orElse(null);
    if (after == null) {
      return null;
    }
    Duration left = after.minus(attempt.elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }
}
