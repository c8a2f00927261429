package io.github.resilientchat.streaming;

import io.github.resilientchat.core.Ticker;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Sees when the machine stands still: a thread that looks at the clock every few milliseconds was
 * kept from it for long. What takes a healthy target a moment then looks like its silence. Threads
 * end when it is closed.
 */
final class Standstills implements AutoCloseable {

  private static final long LOOK_MILLIS = 20;

  /** Well below the shortest time that a case gives anybody. */
  private static final long STANDSTILL = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long CALM = TimeUnit.SECONDS.toNanos(1);

  private final Ticker ticker = Ticker.system();
  private final ScheduledExecutorService looks =
      new ScheduledThreadPoolExecutor(1, Standstills::daemon);
  private volatile long looked = ticker.nanos();

  /** When the last one was over; before the first, as long ago as is calm. */
  private volatile long over = looked - CALM;

  Standstills() {
    looks.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    long now = ticker.nanos();
    if (now - looked > STANDSTILL) {
      over = now;
    }
    looked = now;
  }

  /** A moment to ask about later. */
  long now() {
    return ticker.nanos();
  }

  /** Whether the machine has stood still at any time after this moment, or does so now. */
  boolean since(long moment) {
    // In this order: a look in between has noted what the first of them no longer shows.
    boolean still = ticker.nanos() - looked > STANDSTILL;
    return still || over - moment > 0;
  }

  /** Waits until the machine has run for a while. */
  void awaitCalm() throws InterruptedException {
    long until = now() + Lab.AT_MOST.toNanos();
    while (since(now() - CALM) && now() - until < 0) {
      new CountDownLatch(1).await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "standstills");
    thread.setDaemon(true);
    return thread;
  }
}
