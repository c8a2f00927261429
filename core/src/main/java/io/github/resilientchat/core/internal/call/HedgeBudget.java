package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.route.HedgePolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps hedges to a share of a route's calls, and stops them for a while after a throttle. Every
 * call saves up its share of a hedge; a few can be saved for a bad moment. Thread-safe.
 */
final class HedgeBudget {

  /** Of the hundredths that calls save up. */
  private static final int HEDGE = 100;

  private static final int MOST_SAVED = 10 * HEDGE;
  private static final long CALM_NANOS = Duration.ofSeconds(30).toNanos();

  private final HedgePolicy policy;

  /** Hundredths of a hedge. */
  private final AtomicInteger saved = new AtomicInteger();

  private volatile long throttledAt;
  private volatile boolean throttled;

  HedgeBudget(HedgePolicy policy) {
    this.policy = policy;
  }

  /** When this call is worth hedging: never with tools, whose effects a second answer repeats. */
  Optional<Duration> after(ModelCall call) {
    boolean hedged = call.streaming() && !call.needs().contains(Capability.TOOLS);
    return hedged ? Optional.ofNullable(policy.after()) : Optional.empty();
  }

  void called() {
    if (policy.after() != null && saved.get() < MOST_SAVED) {
      saved.updateAndGet(before -> Math.min(MOST_SAVED, before + policy.maxPercent()));
    }
  }

  void throttled(long now) {
    throttledAt = now;
    throttled = true;
  }

  /** Whether there is a hedge to take. */
  boolean mayHedge(long now) {
    boolean calm = !throttled || now - throttledAt > CALM_NANOS;
    return calm && saved.get() >= HEDGE;
  }

  /** Takes one hedge, or says that there is none to take. */
  boolean tryHedge(long now) {
    if (!mayHedge(now)) {
      return false;
    }
    int before = saved.getAndUpdate(each -> each >= HEDGE ? each - HEDGE : each);
    return before >= HEDGE;
  }
}
