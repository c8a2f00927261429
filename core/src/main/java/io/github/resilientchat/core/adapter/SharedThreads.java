package io.github.resilientchat.core.adapter;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The threads of all streamed calls that are given no others. */
final class SharedThreads {

  static final StreamThreads ALL = new StreamThreads(executor(), new SystemAlarms());

  private static final int UNPINNED = 24;

  private SharedThreads() {}

  private static Executor executor() {
    if (Runtime.version().feature() >= UNPINNED) {
      try {
        // By name: the bytecode is Java 17's.
        return (ExecutorService)
            Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      } catch (ReflectiveOperationException missing) {
        return Executors.newCachedThreadPool(daemons("resilient-chat-stream"));
      }
    }
    return Executors.newCachedThreadPool(daemons("resilient-chat-stream"));
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static final class SystemAlarms implements Alarms {

    private final ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, daemons("resilient-chat-timer"));

    SystemAlarms() {
      // Nearly every alarm is cancelled; kept until due, each would hold on to its whole call.
      timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Alarm after(Duration delay, Runnable action) {
      Future<?> task = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> task.cancel(false);
    }
  }
}
