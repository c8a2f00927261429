package io.github.resilientchat.core;

import java.time.Duration;

/** Time that passes only when a test says so. */
public final class VirtualClock implements Ticker {

  private long now;

  public VirtualClock() {
    this(Duration.ofHours(1).toNanos());
  }

  public VirtualClock(long start) {
    now = start;
  }

  @Override
  public synchronized long nanos() {
    return now;
  }

  public synchronized void advance(Duration time) {
    now += time.toNanos();
  }
}
