package io.github.resilientchat.benchmarks.simulation;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilientchat.core.route.BreakerPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One circuit breaker against what was asked and answered in its way of calling. */
final class BreakerWatch {

  private static final double LONGEST = 1.2;
  private static final int MAX_DOUBLINGS = 4;
  private static final long BETWEEN_URGENT_NANOS = Duration.ofMillis(100).toNanos();
  private static final int NONE = -1;

  private final Supplier<Optional<CircuitBreaker>> registered;
  private final BreakerPolicy policy;
  private @Nullable CircuitBreaker known;
  private boolean wasOpen;
  private int failures;
  private int openings;
  private int probe = NONE;
  private boolean everUrgent;
  private long urgentAt;

  /**
   * @param registered the breaker, which the engine makes when it first needs it
   */
  BreakerWatch(Supplier<Optional<CircuitBreaker>> registered, BreakerPolicy policy) {
    this.registered = registered;
    this.policy = policy;
  }

  boolean isClosed() {
    return state() == State.CLOSED;
  }

  /** Whether it keeps calls away: it is open, or its probe is under way. */
  boolean refuses() {
    return state() == State.OPEN || state() == State.HALF_OPEN && probe != NONE;
  }

  /** An attempt begins; false when the breaker refuses and was asked less than 100 ms ago. */
  boolean began(int attempt, long now) {
    if (refuses()) {
      boolean seldom = !everUrgent || now - urgentAt >= BETWEEN_URGENT_NANOS;
      everUrgent = true;
      urgentAt = now;
      return seldom;
    }
    probe = state() == State.HALF_OPEN ? attempt : NONE;
    return true;
  }

  /**
   * An attempt ended.
   *
   * @param failed whether the breaker hears of a failure
   * @return false when the breaker opened on fewer failures than it takes to mean anything
   */
  boolean ended(int attempt, boolean failed) {
    failures += failed ? 1 : 0;
    boolean probed = probe == attempt;
    probe = probed ? NONE : probe;
    State state = state();
    boolean enough = true;
    if (state == State.CLOSED) {
      failures = wasOpen ? 0 : failures;
      openings = 0;
    } else if (state == State.OPEN && (probed || !wasOpen)) {
      enough = wasOpen || 100 * failures >= policy.failureRate() * policy.minimumCalls();
      openings++;
    }
    wasOpen = state != State.CLOSED;
    return enough;
  }

  /** How long it may stay as it is until it lets a probe in; 0 when it is closed. */
  long rest() {
    int doublings = Math.min(Math.max(openings, 1) - 1, MAX_DOUBLINGS);
    return isClosed() ? 0 : (long) (LONGEST * (policy.openFor().toNanos() << doublings));
  }

  private State state() {
    if (known == null) {
      known = registered.get().orElse(null);
    }
    return known == null ? State.CLOSED : known.getState();
  }
}
