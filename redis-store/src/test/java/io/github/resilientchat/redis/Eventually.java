package io.github.resilientchat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what comes in the end; nothing is said of how soon. */
final class Eventually {

  private Eventually() {}

  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    long pause = TimeUnit.MICROSECONDS.toNanos(50);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(end);
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
