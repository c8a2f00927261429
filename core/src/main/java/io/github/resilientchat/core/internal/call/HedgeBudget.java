package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.route.HedgePolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps hedges to a share of a route's calls, and stops them for a while after a throttle. Every
 * call saves up its share of a hedge; a few can be saved for a bad moment. Thread-safe.
 */
final class HedgeBudget {

  private static final int MOST_SAVED = 10;
  private static final long CALM_NANOS = Duration.ofSeconds(30).toNanos();

  private final HedgePolicy policy;
  private double saved;
  private long throttledAt;
  private boolean throttled;

  HedgeBudget(HedgePolicy policy) {
    this.policy = policy;
  }

  /** When this call is worth hedging: never with tools, whose effects a second answer repeats. */
  Optional<Duration> after(ModelCall call) {
    boolean hedged = call.streaming() && !call.needs().contains(Capability.TOOLS);
    return hedged ? Optional.ofNullable(policy.after()) : Optional.empty();
  }

  synchronized void called() {
    saved = Math.min(MOST_SAVED, saved + policy.maxPercent() / 100.0);
  }

  synchronized void throttled(long now) {
    throttled = true;
    throttledAt = now;
  }

  /** Whether there is a hedge to take. */
  synchronized boolean mayHedge(long now) {
    boolean calm = !throttled || now - throttledAt > CALM_NANOS;
    return calm && saved >= 1 - 1e-9;
  }

  /** Takes one hedge, or says that there is none to take. */
  synchronized boolean tryHedge(long now) {
    if (!mayHedge(now)) {
      return false;
    }
    saved--;
    return true;
  }
}
