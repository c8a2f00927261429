package io.github.resilientchat.redis;

import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes only when a test says so, in whole microseconds; begins at an hour's start. */
final class VirtualClock implements Ticker, InstantSource {

  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

  private long now = Duration.ofHours(1).toNanos();

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public Instant instant() {
    return NEW_YEAR.plusNanos(nanos());
  }

  long micros() {
    return NEW_YEAR.getEpochSecond() * 1_000_000 + nanos() / 1_000;
  }

  synchronized void advance(Duration time) {
    now += time.toNanos() / 1_000 * 1_000;
  }
}
