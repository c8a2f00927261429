package io.github.resilientchat.samples.accounts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Callers who ask one question after the other, in all four ways in turn, until it is closed. */
final class Traffic implements AutoCloseable {

  private static final int CALLERS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Ways ways;
  private final AtomicInteger asked = new AtomicInteger();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final List<Thread> callers = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private Traffic(Ways ways) {
    this.ways = ways;
  }

  static Traffic start(Ways ways) {
    Traffic traffic = new Traffic(ways);
    for (int i = 0; i < CALLERS; i++) {
      Thread caller = new Thread(traffic::ask, "caller-" + i);
      caller.setDaemon(true);
      traffic.callers.add(caller);
      caller.start();
    }
    return traffic;
  }

  private void ask() {
    try {
      do {
        int number = asked.getAndIncrement();
        try {
          ways.way(number).ask("What is question " + number + "?");
        } catch (RuntimeException | Error e) {
          failures.add(e);
        }
      } while (!closed.await(10, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What calls ended with in place of an answer. */
  List<Throwable> failures() {
    return List.copyOf(failures);
  }

  int asked() {
    return asked.get();
  }

  /** Lets the traffic run until this holds, or patience ends; whether it holds. */
  boolean until(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || closed.await(20, TimeUnit.MILLISECONDS)) {
        return condition.getAsBoolean();
      }
    }
    return true;
  }

  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    for (Thread caller : callers) {
      caller.join(PATIENCE.toMillis());
    }
  }
}
