package io.github.resilientchat.benchmarks.soak;

import io.github.resilientchat.benchmarks.rig.Voices;
import io.github.resilientchat.benchmarks.soak.Tally.Count;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/** One streamed call and its caller, who may leave after some words. */
final class Call {

  private static final double LEAVES = 0.1;
  private static final int WORDS = 10;

  private final Tally tally;
  private final Runnable next;
  private final long startedAt;
  private final AtomicBoolean over = new AtomicBoolean();
  private final int leavesAfter;
  private final StringBuilder text = new StringBuilder();
  private volatile Runnable leave = () -> {};
  private int words;
  private int endings;

  Call(Tally tally, Runnable next, long startedAt) {
    this.tally = tally;
    this.next = next;
    this.startedAt = startedAt;
    ThreadLocalRandom random = ThreadLocalRandom.current();
    this.leavesAfter = random.nextDouble() < LEAVES ? 1 + random.nextInt(WORDS - 2) : WORDS + 1;
    tally.add(Count.CALLS);
  }

  void leaveBy(Runnable action) {
    leave = action;
  }

  boolean isOlderThan(long nanos, long now) {
    return now - startedAt > nanos;
  }

  void hear(String word) {
    boolean leaving;
    synchronized (this) {
      text.append(word);
      leaving = ++words == leavesAfter;
    }
    if (leaving) {
      leave();
    }
  }

  void complete() {
    if (endsFirst()) {
      String answer = heard();
      tally.add(Voices.isWhole(answer) ? Count.ANSWERED : Count.FALSE_SUCCESS);
      close();
    }
  }

  void fail(Throwable error) {
    if (endsFirst()) {
      tally.failed(error);
      close();
    }
  }

  /** The caller goes away. */
  void leave() {
    if (over.compareAndSet(false, true)) {
      tally.add(Count.LEFT);
      leave.run();
      close();
    }
  }

  /** Nothing was said for far too long. */
  void giveUpOn() {
    if (over.compareAndSet(false, true)) {
      tally.add(Count.NEVER_ENDED);
      leave.run();
      close();
    }
  }

  private boolean endsFirst() {
    synchronized (this) {
      if (++endings == 2) {
        tally.add(Count.DOUBLE_END);
      }
    }
    return over.compareAndSet(false, true);
  }

  private synchronized String heard() {
    return text.toString();
  }

  private void close() {
    if (Voices.isMixed(heard())) {
      tally.add(Count.MIXED);
    }
    next.run();
  }
}
