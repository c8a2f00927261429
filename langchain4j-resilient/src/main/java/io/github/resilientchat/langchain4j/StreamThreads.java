package io.github.resilientchat.langchain4j;

import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Where streams go on when neither the caller's nor the provider's thread may be used. */
record StreamThreads(Executor executor, Alarms alarms, CallContext context) {

  /** One timer and as many daemon threads as calls are moving at a time, for all models. */
  static final StreamThreads SHARED =
      new StreamThreads(
          Executors.newCachedThreadPool(daemons("resilient-chat-stream")),
          new SystemAlarms(),
          CallContext.mdc());

  /** Runs the task; on the shared threads when the application has shut its executor down. */
  void run(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException shutDown) {
      SHARED.executor.execute(task);
    }
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static final class SystemAlarms implements Alarms {

    private final Ticker ticker = Ticker.system();
    private final ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, daemons("resilient-chat-timer"));

    SystemAlarms() {
      // Nearly every alarm is cancelled; kept until due, each would hold on to its whole call.
      timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanos() {
      return ticker.nanos();
    }

    @Override
    public Alarm after(Duration delay, Runnable action) {
      Future<?> task = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> task.cancel(false);
    }
  }
}
