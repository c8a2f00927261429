package io.github.resilientchat.core.gate;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A Resilience4j breaker that only hears of calls begun in its current state. Resilience4j ties no
 * permission to the state that gave it: an old success that ends while the breaker is half open
 * counts as a probe, and a late release makes room for extra probes (checked against 2.4.0). Model
 * calls last seconds to minutes, so that is the normal case here.
 */
final class GuardedBreaker {

  private static final long PROBE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final RuntimeException FAILED = new Failed();

  private final CircuitBreaker breaker;
  private final Ticker ticker;
  private final OpenWait openWait;
  private final ReentrantLock lock = new ReentrantLock();
  private State lastState;
  private long epoch;
  private long openedAt;
  private long probedAt;
  private long turns;
  private long runSince;
  private int failuresInARow;

  GuardedBreaker(CircuitBreaker breaker, Ticker ticker, OpenWait openWait) {
    this.breaker = breaker;
    this.ticker = ticker;
    this.openWait = openWait;
    this.lastState = breaker.getState();
  }

  Entry tryEnter() {
    lock.lock();
    try {
      noteState();
      boolean allowed = breaker.tryAcquirePermission();
      noteState();
      if (!allowed) {
        return new Refusal("circuit breaker open", untilProbe(), true);
      }
      long entered = epoch;
      long turn = ++turns;
      return (Permit) outcome -> release(entered, turn, outcome);
    } finally {
      lock.unlock();
    }
  }

  /** Like {@link #tryEnter}, but an open breaker lets one call a second in before its time. */
  Entry tryProbe() {
    lock.lock();
    try {
      long now = ticker.nanos();
      boolean due = now - Math.max(openedAt, probedAt) >= PROBE_NANOS;
      if (breaker.getState() == State.OPEN && due) {
        probedAt = now;
        breaker.transitionToHalfOpenState();
      }
      return tryEnter();
    } finally {
      lock.unlock();
    }
  }

  private void release(long entered, long turn, Outcome outcome) {
    lock.lock();
    try {
      noteState();
      if (entered != epoch) {
        return;
      }
      report(outcome);
      noteRun(turn, outcome);
      noteState();
    } finally {
      lock.unlock();
    }
  }

  private void report(Outcome outcome) {
    boolean failed = outcome.failure() != null && outcome.failure().breakerFailure();
    if (failed) {
      breaker.onError(outcome.elapsedNanos(), TimeUnit.NANOSECONDS, FAILED);
    } else if (outcome.ending() == Outcome.Ending.SUCCEEDED) {
      breaker.onSuccess(outcome.elapsedNanos(), TimeUnit.NANOSECONDS);
    } else {
      breaker.releasePermission();
    }
  }

  /**
   * Opens the breaker when as many calls in a row fail as it takes to mean anything: the rate alone
   * is slow to tell, since it still counts what succeeded before. An answer to a call that began
   * before the first of those failures does not end the run.
   */
  private void noteRun(long turn, Outcome outcome) {
    if (outcome.failure() != null && outcome.failure().breakerFailure()) {
      runSince = failuresInARow == 0 ? turns : runSince;
      failuresInARow++;
      int enough = breaker.getCircuitBreakerConfig().getMinimumNumberOfCalls();
      if (failuresInARow >= enough && breaker.getState() == State.CLOSED) {
        breaker.transitionToOpenState();
      }
    } else if (outcome.ending() == Outcome.Ending.SUCCEEDED && turn > runSince) {
      failuresInARow = 0;
    }
  }

  private void noteState() {
    State state = breaker.getState();
    if (state != lastState) {
      lastState = state;
      epoch++;
      openedAt = ticker.nanos();
      failuresInARow = 0;
    }
  }

  private Duration untilProbe() {
    if (lastState != State.OPEN) {
      // Half open: the probes under way decide; ask again when one could have ended.
      return Duration.ofSeconds(1);
    }
    // Resilience4j opens strictly after the wait, so the exact instant is one too early.
    return Duration.ofNanos(Math.max(openedAt + openWait.lastNanos() - ticker.nanos(), 0) + 1);
  }

  /** Stands for every failure: the breaker counts, it does not look. */
  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed() {
      super("target failed", null, false, false);
    }
  }
}
