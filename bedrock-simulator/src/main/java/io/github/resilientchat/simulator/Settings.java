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
    InstantSource clock) {

  static final Settings DEFAULTS =
      new Settings(0, 42, Duration.ZERO, Duration.ZERO, 1, InstantSource.system());

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
  }

  Settings withPort(int number) {
    return new Settings(number, seed, latency, tokenInterval, reservationMultiplier, clock);
  }

  Settings withSeed(long number) {
    return new Settings(port, number, latency, tokenInterval, reservationMultiplier, clock);
  }

  Settings withLatency(Duration time) {
    return new Settings(port, seed, time, tokenInterval, reservationMultiplier, clock);
  }

  Settings withTokenInterval(Duration time) {
    return new Settings(port, seed, latency, time, reservationMultiplier, clock);
  }

  Settings withReservationMultiplier(double factor) {
    return new Settings(port, seed, latency, tokenInterval, factor, clock);
  }

  Settings withClock(InstantSource source) {
    return new Settings(port, seed, latency, tokenInterval, reservationMultiplier, source);
  }

  private static void requireNotNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
  }
}
