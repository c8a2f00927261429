package io.github.resilientchat.bedrock;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.utils.ThreadFactoryBuilder;

/**
 * Looks after a thread that is blocked in a read, which does not notice an interruption: when the
 * thread was interrupted, the action runs once, within 100 ms. One daemon thread looks after all of
 * them; each action runs on another, so that one that blocks delays nobody.
 */
final class InterruptWatch implements AutoCloseable {

  private static final long PERIOD_MILLIS = 50;
  private static final AtomicInteger OPEN = new AtomicInteger();
  private static final ScheduledThreadPoolExecutor WATCHER = watcher();
  private static final Executor ACTIONS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          5,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          new ThreadFactoryBuilder()
              .threadNamePrefix("resilient-interrupt")
              .daemonThreads(true)
              .build());

  private final Thread watched = Thread.currentThread();
  private final Runnable action;
  private final ScheduledFuture<?> watch;

  private InterruptWatch(Runnable action) {
    this.action = action;
    OPEN.incrementAndGet();
    this.watch =
        WATCHER.scheduleWithFixedDelay(
            this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static ScheduledThreadPoolExecutor watcher() {
    ScheduledThreadPoolExecutor watcher =
        new ScheduledThreadPoolExecutor(
            1,
            new ThreadFactoryBuilder()
                .threadNamePrefix("resilient-interrupt-watch")
                .daemonThreads(true)
                .build());
    watcher.setRemoveOnCancelPolicy(true);
    return watcher;
  }

  /** Watches the current thread until closed by it. */
  static InterruptWatch over(Runnable action) {
    return new InterruptWatch(action);
  }

  /** How many are not closed yet. */
  static int open() {
    return OPEN.get();
  }

  private void look() {
    if (watched.isInterrupted()) {
      try {
        ACTIONS.execute(action);
        watch.cancel(false);
      } catch (Throwable noThread) {
        // The next look tries again; throwing would end the watch.
      }
    }
  }

  @Override
  public void close() {
    watch.cancel(false);
    OPEN.decrementAndGet();
  }
}
