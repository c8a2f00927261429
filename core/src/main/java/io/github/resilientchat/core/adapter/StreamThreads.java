package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.internal.foreign.Foreign;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Where streamed calls run: neither on their caller's threads, which wait for nothing, nor on those
 * of a client, which serve many calls. Thread-safe.
 *
 * @param executor runs what a call has to do, its handler and tools included; as many tasks at a
 *     time as there are, or calls wait for each other's tools
 * @param alarms wakes calls
 */
public record StreamThreads(Executor executor, Alarms alarms) {

  private static final Duration RETRY = Duration.ofMillis(100);

  /**
   * One timer and, for all models, as many threads as calls have something to do at a time: virtual
   * ones from Java 24 on, where a tool that waits inside {@code synchronized} holds none of the few
   * that carry them, else daemon threads that end when idle.
   */
  public static StreamThreads shared() {
    return SharedThreads.ALL;
  }

  /**
   * These, with an application's own executor. It is handed its tasks on a shared thread, never on
   * a client's or the timer's: it may run them on the spot, or wait. What it refuses or fails to
   * take runs on the shared threads.
   */
  public StreamThreads on(Executor own) {
    return new StreamThreads(new ForeignExecutor(own, SharedThreads.ALL.executor()), alarms);
  }

  /** Runs a task on one of the threads; nothing is lost for want of them. */
  void run(Runnable task) {
    try {
      executor.execute(task);
    } catch (Throwable shortage) {
      Foreign.log(executor.getClass().getName(), shortage);
      alarms.after(RETRY, () -> run(task));
    }
  }
}
