package io.github.resilientchat.streaming;

import io.github.resilientchat.core.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sees when the machine has stood still: a thread that looks at the clock every few milliseconds
 * was kept from it for long, or, where Linux tells, somebody waited for a processor for much of the
 * time. What takes a healthy target a moment then looks like its silence.
 */
final class Standstills implements AutoCloseable {

  /**
   * A moment to ask about later.
   *
   * @param waited nanoseconds in which anybody waited for a processor, up to then
   */
  record Mark(long nanos, long waited) {}

  private static final long LOOK_MILLIS = 20;

  /** Well below the shortest time that a case gives anybody. */
  private static final long STANDSTILL = TimeUnit.MILLISECONDS.toNanos(100);

  /** Of the time: so much of it is spent in waiting for a processor where there are too few. */
  private static final int MUCH = 5;

  private static final int CALM_SECONDS = 10;
  private static final Path PRESSURE = Path.of("/proc/pressure/cpu");
  private static final Pattern SOMEBODY = Pattern.compile("some .*total=(\\d+)");

  private final Ticker ticker = Ticker.system();
  private final ScheduledExecutorService looks =
      new ScheduledThreadPoolExecutor(1, Standstills::daemon);
  private volatile long looked = ticker.nanos();

  /** When the last one was over. */
  private volatile long over = looked;

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

  Mark now() {
    return new Mark(ticker.nanos(), waited());
  }

  /** Whether the machine has stood still at any time after this moment, or does so now. */
  boolean since(Mark mark) {
    // In this order: a look in between has noted what the first of them no longer shows.
    boolean still = ticker.nanos() - looked > STANDSTILL;
    return still || over - mark.nanos() > 0 || isCrowded(mark, now());
  }

  private static boolean isCrowded(Mark from, Mark to) {
    long waited = to.waited() - from.waited();
    return waited > STANDSTILL && waited > (to.nanos() - from.nanos()) / MUCH;
  }

  /** See Linux's {@code Documentation/accounting/psi.rst}; 0 where nobody tells. */
  private static long waited() {
    try {
      Matcher somebody = SOMEBODY.matcher(Files.readString(PRESSURE));
      return somebody.find() ? TimeUnit.MICROSECONDS.toNanos(Long.parseLong(somebody.group(1))) : 0;
    } catch (IOException notTold) {
      return 0;
    }
  }

  /** Waits until the machine has run for a second, but not for long. */
  void awaitCalm() throws InterruptedException {
    Mark begun;
    int seconds = 0;
    do {
      begun = now();
      new CountDownLatch(1).await(1, TimeUnit.SECONDS);
      seconds++;
    } while (since(begun) && seconds < CALM_SECONDS);
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
