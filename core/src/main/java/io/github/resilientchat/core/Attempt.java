package io.github.resilientchat.core;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.gate.Outcome;
import io.github.resilientchat.core.gate.Permit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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

  private static final Failure LOST = Failure.of(FailureKind.CANCELLED, "HedgeLost");
  private static final Failure LEFT = Failure.of(FailureKind.CANCELLED, "CallerLeft");

  private final RoutedCall call;
  private final Target target;
  private final int tier;
  private final List<Permit> permits;
  private final TargetStats stats;
  private final long startedAt;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final AtomicLong receivedCharacters = new AtomicLong();
  private final AtomicLong heardCharacters = new AtomicLong();
  private volatile long committedAt;
  private volatile boolean heard;

  Attempt(RoutedCall call, Target target, int tier, List<Permit> permits, TargetStats stats) {
    this.call = call;
    this.target = target;
    this.tier = tier;
    this.permits = permits;
    this.stats = stats;
    this.startedAt = call.time().now();
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
    boolean waitsForFirst = state.get() == State.OPEN && !heard;
    return waitsForFirst ? call.firstPatience(startedAt) : call.time().idlePatience();
  }

  /**
   * How long to wait for the first content before {@link #hedge} is worth asking; empty when this
   * call is not hedged.
   */
  public Optional<Duration> hedgeAfter() {
    return call.hedgeAfter();
  }

  /**
   * Asks for a second attempt beside this one, while neither has content. Whichever commits or
   * completes first wins; the engine ends the other, and its driver then stops its exchange.
   *
   * @return an attempt at another target, or {@link AlreadyEnded} when there is none to be had
   */
  public Step hedge() {
    return state.get() == State.OPEN ? call.hedge(target) : AlreadyEnded.INSTANCE;
  }

  /**
   * A sign of life: from now on the idle timeout counts. Commits nothing.
   *
   * @param characters of the answer that the client received, whether or not its framework passes
   *     them on; what it does pass on may be said to {@link #received} too
   */
  public void heard(long characters) {
    heard = true;
    heardCharacters.addAndGet(characters);
  }

  /** Content of this length was passed on: the estimate of usage, if the target never says it. */
  public void received(long characters) {
    receivedCharacters.addAndGet(characters);
  }

  /**
   * Commits the call to this target, at the first content that a caller could act on.
   *
   * @return false when the attempt is over: drop the content and stop the exchange
   */
  public boolean accept() {
    return state.get() == State.COMMITTED || call.commit(this);
  }

  /** Called by the call, which knows whether this attempt may win. */
  boolean commit() {
    if (state.compareAndSet(State.OPEN, State.COMMITTED)) {
      committedAt = call.time().now();
      permits.forEach(Permit::working);
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
    Usage spent = usage == null ? spent() : usage;
    stats.answered(call.time().now() - startedAt, health, usage);
    release(new Outcome(Outcome.Ending.SUCCEEDED, null, spent, true, health));
    return call.answered(this, report(null), spent);
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
    Usage spent = spent();
    release(new Outcome(Outcome.Ending.FAILED, failure, spent, keeps, healthNanos(before)));
    Ended ended = new Ended(report(failure), failure, error, committed, keeps, spent);
    return call.failed(this, ended);
  }

  /**
   * A failed attempt, as its call needs to know it.
   *
   * @param keeps whether tokens stay charged
   * @param spent what was received, or null when there was nothing
   */
  record Ended(
      AttemptReport report,
      Failure failure,
      Throwable error,
      boolean committed,
      boolean keeps,
      @Nullable Usage spent) {}

  /**
   * The caller went away: says nothing about the target. What was received stays charged, or all
   * that was reserved when nothing was.
   */
  public void cancelled() {
    State before = state.getAndSet(State.ENDED);
    if (before != State.ENDED) {
      endUnheard(before);
      call.cancelled(report(LEFT), spent());
    }
  }

  /**
   * The caller was gone before anything was sent: ends the call, and nothing is charged for this
   * attempt.
   *
   * @return what to tell, or {@link AlreadyEnded} when the attempt was over
   */
  public Step abandoned() {
    if (state.getAndSet(State.ENDED) == State.ENDED) {
      return AlreadyEnded.INSTANCE;
    }
    stats.ended();
    release(new Outcome(Outcome.Ending.CANCELLED, null, null, false, 0));
    return call.abandoned(report(LEFT));
  }

  /** Another attempt of the call has won. */
  @Nullable AttemptReport lost() {
    State before = state.getAndSet(State.ENDED);
    if (before == State.ENDED) {
      return null;
    }
    endUnheard(before);
    return report(LOST);
  }

  private void endUnheard(State before) {
    stats.ended();
    release(new Outcome(Outcome.Ending.CANCELLED, null, spent(), true, healthNanos(before)));
  }

  /**
   * The estimate of what an attempt used that never said so; null when nothing was received. Client
   * and framework tell of the same answer, so the one that saw more of it counts, not both.
   */
  private @Nullable Usage spent() {
    long characters = Math.max(receivedCharacters.get(), heardCharacters.get());
    return characters == 0 ? null : call.usageOf(characters);
  }

  /** The call so far; complete once this attempt has ended it. */
  public CallReport callReport() {
    return call.report();
  }

  private void release(Outcome outcome) {
    permits.forEach(permit -> permit.release(outcome));
  }

  private AttemptReport report(@Nullable Failure failure) {
    return new AttemptReport(
        target, tier, failure, Duration.ofNanos(call.time().now() - startedAt));
  }

  private long healthNanos(State before) {
    return (before == State.COMMITTED ? committedAt : call.time().now()) - startedAt;
  }
}
