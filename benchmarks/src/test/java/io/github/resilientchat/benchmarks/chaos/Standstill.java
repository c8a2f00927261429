package io.github.resilientchat.benchmarks.chaos;

import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The longest time that a machine had for nobody, in which timers fall due that are apart. */
final class Standstill implements AutoCloseable {

  private static final long LOOK_MILLIS = 20;
  private static final Duration LONG = Duration.ofMillis(500);
  private static final int TRIES = 3;

  private final Ticker ticker = Ticker.system();
  private long last = ticker.nanos();
  private long longest;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(Standstill::daemon);

  private Standstill() {
    looks.scheduleAtFixedRate(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  interface Case {
    void run() throws Exception;
  }

  /** Runs it, and again if it fails while the machine stands still; else a failure counts. */
  static void judge(Case test) throws Exception {
    for (int tries = 1; ; tries++) {
      try (Standstill standstill = new Standstill()) {
        try {
          test.run();
          return;
        } catch (Exception | AssertionError e) {
          if (tries == TRIES || !standstill.wasLong()) {
            throw e;
          }
        }
      }
    }
  }

  private synchronized void look() {
    long now = ticker.nanos();
    longest = Math.max(longest, now - last);
    last = now;
  }

  private synchronized boolean wasLong() {
    look();
    return longest > LONG.toNanos();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "standstill");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
