package io.github.resilientchat.bedrock;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks after a thread that is blocked in a read, which does not notice an interruption: when the
 * thread was interrupted, the action runs once. One daemon thread looks after all of them.
 */
final class InterruptWatch implements AutoCloseable {

  private static final long PERIOD_MILLIS = 50;
  private static final ScheduledExecutorService WATCHER =
      Executors.newSingleThreadScheduledExecutor(InterruptWatch::daemon);

  private final Thread watched = Thread.currentThread();
  private final Runnable action;
  private final ScheduledFuture<?> watch;

  private InterruptWatch(Runnable action) {
    this.action = action;
    this.watch =
        WATCHER.scheduleWithFixedDelay(
            this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Watches the current thread until closed by it. */
  static InterruptWatch over(Runnable action) {
    return new InterruptWatch(action);
  }

  private void look() {
    if (watched.isInterrupted()) {
      close();
      action.run();
    }
  }

  @Override
  public void close() {
    watch.cancel(false);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "resilient-interrupt-watch");
    thread.setDaemon(true);
    return thread;
  }
}
