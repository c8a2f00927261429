package io.github.resilientchat.samples.accounts;

import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The longest time that a machine had for nobody, in which a session ends before it is renewed. */
final class Standstill implements AutoCloseable {

  private static final long LOOK_MILLIS = 20;
  private static final Duration LONG = Duration.ofSeconds(2);

  private final Ticker ticker = Ticker.system();
  private long last = ticker.nanos();
  private long longest;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(Standstill::daemon);

  Standstill() {
    looks.scheduleAtFixedRate(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void look() {
    long now = ticker.nanos();
    longest = Math.max(longest, now - last);
    last = now;
  }

  synchronized boolean wasLong() {
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
