package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.internal.foreign.Foreign;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Hands tasks to an application's executor from a thread that may wait. */
record ForeignExecutor(Executor own, Executor shared) implements Executor {

  @Override
  public void execute(Runnable task) {
    shared.execute(() -> handOver(new Once(task)));
  }

  private void handOver(Once task) {
    try {
      own.execute(task);
    } catch (RejectedExecutionException shutDown) {
      task.run();
    } catch (Throwable fault) {
      Foreign.log(own.getClass().getName(), fault);
      task.run();
    }
  }

  /** It may have begun the task before it threw. */
  private static final class Once implements Runnable {

    private final Runnable task;
    private final AtomicBoolean begun = new AtomicBoolean();

    Once(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      if (!begun.getAndSet(true)) {
        task.run();
      }
    }
  }
}
