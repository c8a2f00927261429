package io.github.resilientchat.core.internal.gate;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Resilience4j breaker that only hears of calls begun in its current state. Resilience4j ties no
 * permission to the state that gave it: an old success that ends while the breaker is half open
 * counts as a probe, and a late release makes room for extra probes (checked against 2.4.0). Model
 * calls last seconds to minutes, so that is the normal case here.
 *
 * <p>The breaker tells consumers of its events on the spot, and those are anybody's: it is called
 * under no lock. What this class notes about it is short and its own.
 */
final class GuardedBreaker {

  private static final long PROBE_NANOS = Duration.ofMillis(100).toNanos();
  private static final RuntimeException FAILED = new Failed();

  private final CircuitBreaker breaker;
  private final int enough;
  private volatile Phase phase;
  private volatile int runs;
  private volatile int failuresInARow;
  private long probedAt;

  /**
   * A state that the breaker is in.
   *
   * @param epoch how many it was in before
   * @param since when it was first seen
   */
  private record Phase(State state, int epoch, long since) {}

  GuardedBreaker(CircuitBreaker breaker, long now) {
    this.breaker = breaker;
    this.enough = breaker.getCircuitBreakerConfig().getMinimumNumberOfCalls();
    this.phase = new Phase(breaker.getState(), 0, now);
    this.probedAt = now - PROBE_NANOS;
  }

  /** The same breaker, closed; what was entered before is of no interest to this one. */
  GuardedBreaker asNew(long now) {
    breaker.reset();
    return new GuardedBreaker(breaker, now);
  }

  /** Lets in, or says why not. */
  @Nullable Refusal tryEnter(long now, Held held) {
    Phase before = noted(now);
    if (!breaker.tryAcquirePermission()) {
      return new Refusal(
          "circuit breaker open", untilProbe(noted(now), now), Refusal.Reason.HEALTH);
    }
    // The state changed around the permission: it is a probe's when the breaker is half open now.
    // Any other is from a state that is gone, and nobody wants to hear of it.
    Phase from = breaker.getState() == State.HALF_OPEN ? changed(now) : before;
    held.entered(this, from.epoch(), runs);
    return null;
  }

  State state() {
    return breaker.getState();
  }

  /** Whether it counted an attempt of late, or has more to say than that all is well. */
  boolean isInUse() {
    return breaker.getMetrics().getNumberOfBufferedCalls() > 0
        || breaker.getState() != State.CLOSED;
  }

  /** Nanoseconds until it lets a probe in; 0 when it is not open, or the wait is over. */
  long opensIn(long now) {
    if (breaker.getState() != State.OPEN) {
      return 0;
    }
    Phase seen = noted(now);
    return seen.state() == State.OPEN ? untilProbe(seen, now).toNanos() - 1 : 0;
  }

  /** Whether a call would be let in, seen without one. */
  boolean letsIn(long now) {
    State state = breaker.getState();
    return state != State.FORCED_OPEN && (state != State.OPEN || opensIn(now) <= 0);
  }

  /** Lets probes in now; false when it does already. Nothing is heard of those under way. */
  boolean tryHalfOpen(long now) {
    State state = breaker.getState();
    if (state == State.HALF_OPEN && breaker.tryAcquirePermission()) {
      breaker.releasePermission();
      return false;
    }
    if (state != State.OPEN && state != State.HALF_OPEN) {
      return false;
    }
    if (state == State.HALF_OPEN) {
      // First: whose probe is let in now is known by the new number.
      anew(now);
    }
    breaker.transitionToHalfOpenState();
    noted(now);
    return true;
  }

  /**
   * For a call that has nowhere else to go: where the breaker refuses, ten such calls a second are
   * let in. It hears of them only when one is answered.
   */
  @Nullable Refusal tryUrgently(long now, Held held) {
    @Nullable Refusal usual = tryEnter(now, held);
    if (usual != null && mayProbe(now)) {
      held.enteredUrgently(this);
      return null;
    }
    return usual;
  }

  private synchronized boolean mayProbe(long now) {
    boolean due = now - probedAt >= PROBE_NANOS;
    if (due) {
      probedAt = now;
    }
    return due;
  }

  /**
   * The attempt is over.
   *
   * @param blamed whether it counts as a failure
   */
  void release(Held held, Ending ending, boolean blamed, long elapsed, long now) {
    if (held.isUrgent()) {
      releaseUrgent(ending, elapsed, now);
      return;
    }
    if (held.epoch() != noted(now).epoch()) {
      return;
    }
    if (blamed) {
      breaker.onError(elapsed, TimeUnit.NANOSECONDS, FAILED);
    } else if (ending == Ending.SUCCEEDED) {
      breaker.onSuccess(elapsed, TimeUnit.NANOSECONDS);
    } else {
      breaker.releasePermission();
    }
    boolean run = endsARun(held.run(), ending, blamed);
    if (run && breaker.getState() == State.CLOSED) {
      breaker.transitionToOpenState();
    }
    noted(now);
  }

  /** An answer shows that the target is back: probes under way hang, or the wait is too long. */
  private void releaseUrgent(Ending ending, long elapsed, long now) {
    if (ending != Ending.SUCCEEDED) {
      return;
    }
    State state = breaker.getState();
    if (state == State.OPEN) {
      breaker.transitionToHalfOpenState();
      if (breaker.tryAcquirePermission()) {
        breaker.onSuccess(elapsed, TimeUnit.NANOSECONDS);
      }
    } else if (state == State.HALF_OPEN) {
      breaker.transitionToClosedState();
    }
    noted(now);
  }

  /**
   * Whether as many calls in a row failed as it takes to mean anything, which opens the breaker at
   * once: the rate alone is slow to tell, since it still counts what succeeded before. An answer to
   * a call that began before the first of those failures does not end the run. Said once per run.
   *
   * @param began how many runs had begun when the call did
   */
  private boolean endsARun(int began, Ending ending, boolean blamed) {
    boolean answered = ending == Ending.SUCCEEDED;
    if (!blamed && (!answered || failuresInARow == 0)) {
      return false;
    }
    return countsARun(began, blamed);
  }

  private synchronized boolean countsARun(int began, boolean blamed) {
    if (!blamed) {
      failuresInARow = began >= runs ? 0 : failuresInARow;
      return false;
    }
    runs += failuresInARow == 0 ? 1 : 0;
    failuresInARow++;
    return failuresInARow == enough;
  }

  /** Notes the state that the breaker is in. */
  private Phase noted(long now) {
    Phase known = phase;
    return breaker.getState() == known.state() ? known : changed(now);
  }

  /**
   * The state is read again, one field of the breaker: what was seen before the lock may be gone.
   * Noted after its successor, it made strangers of probes, whose permissions nobody gave back.
   */
  private synchronized Phase changed(long now) {
    State state = breaker.getState();
    return state == phase.state() ? phase : begins(state, now);
  }

  /** What was entered so far is a stranger. */
  private synchronized void anew(long now) {
    begins(phase.state(), now);
  }

  private Phase begins(State state, long now) {
    failuresInARow = 0;
    Phase begun = new Phase(state, phase.epoch() + 1, now);
    phase = begun;
    return begun;
  }

  private Duration untilProbe(Phase seen, long now) {
    if (seen.state() != State.OPEN) {
      // Half open: the probes under way decide; ask again when one could have ended.
      return Duration.ofSeconds(1);
    }
    long wait =
        breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState()
                instanceof OpenWait ours
            ? ours.lastNanos()
            : Duration.ofSeconds(1).toNanos();
    // Resilience4j opens strictly after the wait, so the exact instant is one too early.
    return Duration.ofNanos(Math.max(seen.since() + wait - now, 0) + 1);
  }

  /** Stands for every failure: the breaker counts, it does not look. */
  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed() {
      super("target failed", null, false, false);
    }
  }
}
