package io.github.resilientchat.simulator;

import java.time.Duration;
import java.time.InstantSource;

/** How a simulator was started. */
record Settings(
    int port,
    long seed,
    Duration latency,
    Duration tokenInterval,
    double reservationMultiplier,
    InstantSource clock,
    int resetGuard,
    Bounds bounds,
    boolean strictSignatures) {

  /**
   * What the simulator keeps at most, so that nobody who calls it makes it run out of memory.
   *
   * @param log ended calls
   * @param body bytes of a request
   */
  record Bounds(int log, int body) {

    Bounds {
      if (log < 1 || body < 1) {
        throw new IllegalArgumentException("bounds must be positive: " + log + ", " + body);
      }
    }
  }

  Settings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 0 to 65535: " + port);
    }
    requireNotNegative("latency", latency);
    requireNotNegative("tokenInterval", tokenInterval);
    if (!(reservationMultiplier >= 0)) {
      throw new IllegalArgumentException(
          "reservationMultiplier must not be negative: " + reservationMultiplier);
    }
    if (resetGuard < 0) {
      throw new IllegalArgumentException("resetGuard must not be negative: " + resetGuard);
    }
  }

  private static void requireNotNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
  }
}
