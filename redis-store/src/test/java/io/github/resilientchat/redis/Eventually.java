package io.github.resilientchat.redis;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what comes in the end; nothing is said of how soon. */
final class Eventually {

  private Eventually() {}

  static void until(BooleanSupplier condition) {
    if (!condition.getAsBoolean()) {
      await()
          .atMost(Duration.ofMinutes(1))
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(condition::getAsBoolean);
    }
  }
}
