package io.github.resilientchat.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes only when a test says so; its clock on the wall began with the year. */
public final class VirtualClock implements Ticker, InstantSource {

  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

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

  @Override
  public Instant instant() {
    return NEW_YEAR.plusNanos(nanos());
  }

  public synchronized void advance(Duration time) {
    now += time.toNanos();
  }
}
