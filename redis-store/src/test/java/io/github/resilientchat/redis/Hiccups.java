package io.github.resilientchat.redis;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How long the machine has kept a thread waiting that had nothing to do but wake up: what is
 * measured beside it was held up as long, whoever wrote it.
 */
final class Hiccups implements AutoCloseable {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  /** What an idle machine may take as well. */
  private static final long USUAL = TimeUnit.MILLISECONDS.toNanos(5);

  private final AtomicLong late = new AtomicLong();
  private final Thread watch = new Thread(this::watch, "hiccups");
  private volatile boolean over;

  private Hiccups() {}

  static Hiccups watched() {
    Hiccups hiccups = new Hiccups();
    hiccups.watch.setDaemon(true);
    hiccups.watch.start();
    return hiccups;
  }

  private void watch() {
    while (!over) {
      long begin = System.nanoTime();
      LockSupport.parkNanos(PAUSE);
      long more = System.nanoTime() - begin - PAUSE;
      late.addAndGet(more > USUAL ? more : 0);
    }
  }

  /** All of it so far. */
  long nanos() {
    return late.get();
  }

  @Override
  public void close() {
    over = true;
  }
}
