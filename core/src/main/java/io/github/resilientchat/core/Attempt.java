package io.github.resilientchat.core;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.gate.Outcome;
import io.github.resilientchat.core.gate.Permit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One try at one target: exactly one exchange with it. Open, then committed at the first content,
 * then ended; the first ending wins and gives back every permit, every later signal does nothing.
 * Thread-safe.
 */
public final class Attempt implements Step {

  private enum State {
    OPEN,
    COMMITTED,
    ENDED
  }

  private final RoutedCall call;
  private final Target target;
  private final int tier;
  private final List<Permit> permits;
  private final TargetStats stats;
  private final long startedAt;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private volatile long committedAt;

  Attempt(RoutedCall call, Target target, int tier, List<Permit> permits, TargetStats stats) {
    this.call = call;
    this.target = target;
    this.tier = tier;
    this.permits = permits;
    this.stats = stats;
    this.startedAt = call.now();
    stats.begun();
  }

  public Target target() {
    return target;
  }

  /**
   * How long to wait for the next signal: the answer or the first content of an open attempt, any
   * further signal of a committed one. Never longer than the call's deadline; not negative.
   */
  public Duration patience() {
    return call.patience(startedAt, state.get() == State.COMMITTED);
  }

  /**
   * Commits the call to this target, at the first content that a caller could act on.
   *
   * @return false when the attempt is over: drop the content and stop the exchange
   */
  public boolean accept() {
    if (state.compareAndSet(State.OPEN, State.COMMITTED)) {
      committedAt = call.now();
      return true;
    }
    return state.get() == State.COMMITTED;
  }

  /**
   * The answer is complete.
   *
   * @param usage tokens really used, or null when the target did not say
   * @return false when the attempt was over already: do not deliver
   */
  public boolean completed(@Nullable Usage usage) {
    State before = state.getAndSet(State.ENDED);
    if (before == State.ENDED) {
      return false;
    }
    long health = healthNanos(before);
    stats.answered(call.now() - startedAt, health, usage);
    release(new Outcome(Outcome.Ending.SUCCEEDED, null, usage, true, health));
    call.answered(report(null), usage);
    return true;
  }

  /**
   * The attempt failed. The error is classified once; what follows is the returned step, after
   * content never another attempt.
   */
  public Step failed(Throwable error) {
    State before = state.getAndSet(State.ENDED);
    if (before == State.ENDED) {
      return AlreadyEnded.INSTANCE;
    }
    boolean committed = before == State.COMMITTED;
    Failure failure = call.classify(error);
    stats.failed(failure);
    boolean keeps = committed || failure.kind().keepsReservation();
    release(new Outcome(Outcome.Ending.FAILED, failure, null, keeps, healthNanos(before)));
    return call.failed(report(failure), failure, error, committed, keeps);
  }

  /** The caller went away: says nothing about the target, and keeps the reserved tokens charged. */
  public void cancelled() {
    State before = state.getAndSet(State.ENDED);
    if (before != State.ENDED) {
      stats.ended();
      release(new Outcome(Outcome.Ending.CANCELLED, null, null, true, healthNanos(before)));
      call.cancelled(true);
    }
  }

  /** The call so far; complete once this attempt has ended it. */
  public CallReport callReport() {
    return call.report();
  }

  private void release(Outcome outcome) {
    permits.forEach(permit -> permit.release(outcome));
  }

  private AttemptReport report(@Nullable Failure failure) {
    return new AttemptReport(target, tier, failure, Duration.ofNanos(call.now() - startedAt));
  }

  private long healthNanos(State before) {
    return (before == State.COMMITTED ? committedAt : call.now()) - startedAt;
  }
}
