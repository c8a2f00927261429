package io.github.resilientchat.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The last ended calls, oldest first, and the number of those still open. Thread-safe. */
final class InvocationLog {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Invocation> invocations = new ArrayDeque<>();
  private final int most;
  private int dropped;
  private int open;
  private int received;
  private int round;

  InvocationLog(int most) {
    this.most = most;
  }

  /** An exchange began; returns the round it belongs to. */
  int opened() {
    lock.lock();
    try {
      open++;
      changed.signalAll();
      return round;
    } finally {
      lock.unlock();
    }
  }

  /** The request of an open exchange of that round is there in full. */
  void received(int ofRound) {
    change(() -> received += ofRound == round ? 1 : 0);
  }

  /** An exchange of that round is over, whose request was there in full or not. */
  void closed(boolean wasReceived, int ofRound) {
    change(
        () -> {
          open--;
          received -= wasReceived && ofRound == round ? 1 : 0;
        });
  }

  /** A call of that round has ended; one of a round that is over is known no more. */
  void add(Invocation invocation, int ofRound) {
    change(
        () -> {
          if (ofRound != round) {
            return;
          }
          invocations.add(invocation);
          if (invocations.size() > most) {
            invocations.remove();
            dropped++;
          }
        });
  }

  /** Begins a new round: what began before is neither listed nor counted as received any more. */
  void startOver() {
    change(
        () -> {
          round++;
          received = 0;
          invocations.clear();
          dropped = 0;
        });
  }

  void clear() {
    change(
        () -> {
          invocations.clear();
          dropped = 0;
        });
  }

  List<Invocation> list() {
    lock.lock();
    try {
      return List.copyOf(invocations);
    } finally {
      lock.unlock();
    }
  }

  int open() {
    lock.lock();
    try {
      return open;
    } finally {
      lock.unlock();
    }
  }

  List<Invocation> await(int count, Duration timeout) throws TimeoutException {
    await(() -> dropped + invocations.size() >= count, timeout, count + " invocations");
    return list();
  }

  void awaitReceived(int count, Duration timeout) throws TimeoutException {
    await(() -> received >= count, timeout, count + " open exchanges");
  }

  void awaitIdle(Duration timeout) throws TimeoutException {
    await(() -> open == 0, timeout, "the end of all exchanges");
  }

  private void await(BooleanSupplier reached, Duration timeout, String what)
      throws TimeoutException {
    lock.lock();
    try {
      long left = timeout.toNanos();
      while (!reached.getAsBoolean()) {
        if (left <= 0) {
          throw new TimeoutException(
              "waited %s for %s; %d open, ended: %s".formatted(timeout, what, open, invocations));
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + what, e);
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
