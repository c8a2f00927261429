package io.github.resilientchat.core.internal.time;

import java.time.Duration;

/** Durations in nanoseconds that can be added without overflow: "for ever" is 73 years. */
public final class Nanos {

  /** The most that a duration counts for, so that sums of a few never overflow. */
  public static final long MOST = Long.MAX_VALUE / 4;

  private static final long MOST_SECONDS = MOST / 1_000_000_000L;

  private Nanos() {}

  public static long of(Duration duration) {
    if (duration.getSeconds() >= MOST_SECONDS) {
      return MOST;
    }
    return duration.getSeconds() <= -MOST_SECONDS ? -MOST : duration.toNanos();
  }

  /** Doubled so many times, within what counts. */
  public static long doubled(long nanos, int times) {
    return nanos > MOST >> times ? MOST : nanos << times;
  }
}
