package io.github.resilientchat.core.internal.gate;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

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
  private final Ticker ticker;
  private final int enough;
  private State lastState;
  private long epoch;
  private long openedAt;
  private long probedAt;
  private long turns;
  private long runSince;
  private int failuresInARow;

  GuardedBreaker(CircuitBreaker breaker, Ticker ticker) {
    this.breaker = breaker;
    this.ticker = ticker;
    this.enough = breaker.getCircuitBreakerConfig().getMinimumNumberOfCalls();
    this.lastState = breaker.getState();
    this.openedAt = ticker.nanos();
    this.probedAt = openedAt - PROBE_NANOS;
  }

  Entry tryEnter() {
    long before = noted();
    boolean allowed = breaker.tryAcquirePermission();
    State state = breaker.getState();
    long after = noted(state);
    if (!allowed) {
      return new Refusal("circuit breaker open", untilProbe(state), Refusal.Reason.HEALTH);
    }
    // The state changed around the permission: it is a probe's when the breaker is half open now.
    // Any other is from a state that is gone, and nobody wants to hear of it.
    long entered = state == State.HALF_OPEN ? after : before;
    long turn = turn();
    return (Permit) outcome -> release(entered, turn, outcome);
  }

  /**
   * For a call that has nowhere else to go: where the breaker refuses, ten such calls a second are
   * let in. It hears of them only when one is answered.
   */
  Entry tryUrgently() {
    Entry usual = tryEnter();
    return usual instanceof Refusal && mayProbe(ticker.nanos())
        ? (Permit) this::releaseUrgent
        : usual;
  }

  /** An answer shows that the target is back: probes under way hang, or the wait is too long. */
  private void releaseUrgent(Outcome outcome) {
    if (outcome.ending() != Outcome.Ending.SUCCEEDED) {
      return;
    }
    State state = breaker.getState();
    if (state == State.OPEN) {
      breaker.transitionToHalfOpenState();
      if (breaker.tryAcquirePermission()) {
        breaker.onSuccess(outcome.elapsedNanos(), TimeUnit.NANOSECONDS);
      }
    } else if (state == State.HALF_OPEN) {
      breaker.transitionToClosedState();
    }
    noted();
  }

  private void release(long entered, long turn, Outcome outcome) {
    if (entered != noted()) {
      return;
    }
    report(outcome);
    boolean run = endsARun(turn, outcome);
    if (run && breaker.getState() == State.CLOSED) {
      breaker.transitionToOpenState();
    }
    noted();
  }

  private void report(Outcome outcome) {
    if (outcome.breakerFailure()) {
      breaker.onError(outcome.elapsedNanos(), TimeUnit.NANOSECONDS, FAILED);
    } else if (outcome.ending() == Outcome.Ending.SUCCEEDED) {
      breaker.onSuccess(outcome.elapsedNanos(), TimeUnit.NANOSECONDS);
    } else {
      breaker.releasePermission();
    }
  }

  private synchronized long turn() {
    return ++turns;
  }

  private synchronized boolean mayProbe(long now) {
    boolean due = now - probedAt >= PROBE_NANOS;
    if (due) {
      probedAt = now;
    }
    return due;
  }

  /**
   * Whether as many calls in a row failed as it takes to mean anything, which opens the breaker at
   * once: the rate alone is slow to tell, since it still counts what succeeded before. An answer to
   * a call that began before the first of those failures does not end the run. Said once per run.
   */
  private synchronized boolean endsARun(long turn, Outcome outcome) {
    if (outcome.breakerFailure()) {
      runSince = failuresInARow == 0 ? turns : runSince;
      failuresInARow++;
      return failuresInARow == enough;
    }
    if (outcome.ending() == Outcome.Ending.SUCCEEDED && turn > runSince) {
      failuresInARow = 0;
    }
    return false;
  }

  private long noted() {
    return noted(breaker.getState());
  }

  /** Notes the breaker's state; the number of states that it has been in. */
  private long noted(State state) {
    return noted(state, ticker.nanos());
  }

  private synchronized long noted(State state, long now) {
    if (state != lastState) {
      lastState = state;
      epoch++;
      openedAt = now;
      failuresInARow = 0;
    }
    return epoch;
  }

  private Duration untilProbe(State state) {
    if (state != State.OPEN) {
      // Half open: the probes under way decide; ask again when one could have ended.
      return Duration.ofSeconds(1);
    }
    long wait =
        breaker.getCircuitBreakerConfig().getWaitIntervalFunctionInOpenState()
                instanceof OpenWait ours
            ? ours.lastNanos()
            : Duration.ofSeconds(1).toNanos();
    // Resilience4j opens strictly after the wait, so the exact instant is one too early.
    return Duration.ofNanos(Math.max(openedSince() + wait - ticker.nanos(), 0) + 1);
  }

  private synchronized long openedSince() {
    return openedAt;
  }

  /** Stands for every failure: the breaker counts, it does not look. */
  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed() {
      super("target failed", null, false, false);
    }
  }
}
