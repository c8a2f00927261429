package io.github.resilientchat.core.internal.gate;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilientchat.core.internal.time.Nanos;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a breaker stays open: twice as long after a failed probe as the first time, and is
 * spread by a fifth either way so that many routers do not probe at once.
 */
final class OpenWait implements IntervalFunction {

  private static final int MAX_DOUBLINGS = 1;
  private static final double JITTER = 0.2;

  private final long firstMillis;
  private final RandomGenerator random;
  private volatile long lastMillis;

  OpenWait(Duration first, RandomGenerator random) {
    this.firstMillis = Nanos.of(first) / 1_000_000;
    this.random = random;
    this.lastMillis = firstMillis;
  }

  /** Called by the breaker when it opens, with the number of times in a row that it did. */
  @Override
  public Long apply(Integer timesOpened) {
    long base = firstMillis << Math.min(timesOpened - 1, MAX_DOUBLINGS);
    lastMillis = Math.max(1, (long) (base * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    return lastMillis;
  }

  /** The wait of the last opening. */
  long lastNanos() {
    return lastMillis * 1_000_000;
  }
}
