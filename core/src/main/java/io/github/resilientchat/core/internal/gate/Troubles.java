package io.github.resilientchat.core.internal.gate;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what went wrong with the targets of an engine, so that who found all of them sound need
 * not look at them again before the next trouble. Each is counted once it can be seen. Thread-safe;
 * most of the time it is only read.
 */
public final class Troubles {

  private final AtomicLong counted = new AtomicLong();

  /** So many so far. */
  public long count() {
    return counted.get();
  }

  /** A target failed by its own fault, begins to rest or is taken out. */
  public void add() {
    counted.incrementAndGet();
  }
}
