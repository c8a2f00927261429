package io.github.resilientchat.core.gate;

import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The rest that a failure domain takes. Doubles on repetition up to 16 times the first, is spread
 * by a fifth either way so that many routers do not come back at once, and never gets shorter.
 */
final class CoolDown {

  private static final int MAX_DOUBLINGS = 4;
  private static final long CLEAN_NANOS = Duration.ofSeconds(60).toNanos();
  private static final double JITTER = 0.2;

  private final Ticker ticker;
  private final RandomGenerator random;
  private volatile long until;
  private volatile boolean cooled;
  private int streak;

  CoolDown(Ticker ticker, RandomGenerator random) {
    this.ticker = ticker;
    this.random = random;
  }

  /** Nanoseconds left; 0 or less when the domain is not resting. */
  long remaining() {
    return cooled ? until - ticker.nanos() : 0;
  }

  synchronized void cool(Duration first, boolean exact) {
    long now = ticker.nanos();
    if (cooled && now < until) {
      // Calls that were under way when the domain began to rest tell nothing new.
      extend(now, exact ? first.toNanos() : 0);
      return;
    }
    streak = cooled && now - until < CLEAN_NANOS ? Math.min(streak + 1, MAX_DOUBLINGS) : 0;
    long rest = exact ? first.toNanos() : jittered(first.toNanos() << streak);
    cooled = true;
    until = now + rest;
  }

  private void extend(long now, long nanos) {
    if (now + nanos - until > 0) {
      until = now + nanos;
    }
  }

  private long jittered(long nanos) {
    return (long) (nanos * (1 - JITTER + 2 * JITTER * random.nextDouble()));
  }
}
