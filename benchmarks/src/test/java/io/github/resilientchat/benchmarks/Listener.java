package io.github.resilientchat.benchmarks;

import org.jspecify.annotations.Nullable;

/** A user who counts what she hears, and knows on which thread it was. */
final class Listener {

  private volatile int heard;
  private volatile boolean over;
  private volatile @Nullable Thread teller;

  /** Anew, to another stream. */
  void begins() {
    heard = 0;
    over = false;
  }

  void hears() {
    teller = Thread.currentThread();
    heard = heard + 1;
  }

  void ends() {
    teller = Thread.currentThread();
    over = true;
  }

  /** Waits until she has heard so many parts, and nobody is about to tell her anything. */
  void awaitSilenceAfter(int parts) {
    while (heard < parts || isBeingTold()) {
      Thread.yield();
    }
  }

  /** Waits for the end of the stream, and that its thread has nothing more to do. */
  void awaitEnd() {
    while (!over || isBeingTold()) {
      Thread.yield();
    }
  }

  private boolean isBeingTold() {
    Thread last = teller;
    if (last == null || last == Thread.currentThread()) {
      return false;
    }
    return switch (last.getState()) {
      case WAITING, TIMED_WAITING, TERMINATED -> false;
      default -> true;
    };
  }
}
