package io.github.resilientchat.bedrock;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.utils.ThreadFactoryBuilder;

/**
 * Looks after a thread that is blocked in a read, which does not notice an interruption: when the
 * thread was interrupted, the action runs once, within 100 ms. One daemon thread looks after all of
 * them, sleeps when there is none, and is gone some seconds after the last; each action runs on
 * another thread, so that one that blocks delays nobody.
 */
final class InterruptWatch implements AutoCloseable {

  private static final long PERIOD_NANOS = Duration.ofMillis(50).toNanos();
  private static final Set<InterruptWatch> OPEN = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean LOOKING = new AtomicBoolean();
  private static final Executor WATCHER = threads("resilient-interrupt-watch");
  private static final Executor ACTIONS = threads("resilient-interrupt");

  private final Thread watched = Thread.currentThread();
  private final Runnable action;

  /** Of the watcher alone. */
  private boolean acted;

  private InterruptWatch(Runnable action) {
    this.action = action;
  }

  /** Threads that end when they have had nothing to do for a while. */
  private static Executor threads(String name) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        5,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        new ThreadFactoryBuilder().threadNamePrefix(name).daemonThreads(true).build());
  }

  /** Watches the current thread until closed by it. */
  static InterruptWatch over(Runnable action) {
    InterruptWatch watch = new InterruptWatch(action);
    OPEN.add(watch);
    wake();
    return watch;
  }

  /** How many are not closed yet. */
  static int open() {
    return OPEN.size();
  }

  private static void wake() {
    if (!LOOKING.get() && LOOKING.compareAndSet(false, true)) {
      try {
        WATCHER.execute(InterruptWatch::lookAfterAll);
      } catch (Throwable noThread) {
        // The next call wakes it: no call is worth failing for being watched late.
        LOOKING.set(false);
      }
    }
  }

  private static void lookAfterAll() {
    do {
      while (!OPEN.isEmpty()) {
        LockSupport.parkNanos(PERIOD_NANOS);
        OPEN.forEach(InterruptWatch::look);
      }
      LOOKING.set(false);
      // Whoever came before that woke nobody.
    } while (!OPEN.isEmpty() && LOOKING.compareAndSet(false, true));
  }

  private void look() {
    if (!acted && watched.isInterrupted()) {
      try {
        ACTIONS.execute(action);
        acted = true;
      } catch (Throwable noThread) {
        // The next look tries again; throwing would end the watch.
      }
    }
  }

  @Override
  public void close() {
    OPEN.remove(this);
  }
}
