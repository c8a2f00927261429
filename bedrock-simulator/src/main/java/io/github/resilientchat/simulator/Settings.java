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

    static final Bounds DEFAULTS = new Bounds(100_000, 32 * 1024 * 1024);

    Bounds {
      if (log < 1 || body < 1) {
        throw new IllegalArgumentException("bounds must be positive: " + log + ", " + body);
      }
    }
  }

  static final Settings DEFAULTS =
      new Settings(
          0,
          42,
          Duration.ZERO,
          Duration.ZERO,
          1,
          InstantSource.system(),
          0,
          Bounds.DEFAULTS,
          false);

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

  Settings withPort(int number) {
    return new Settings(
        number,
        seed,
        latency,
        tokenInterval,
        reservationMultiplier,
        clock,
        resetGuard,
        bounds,
        strictSignatures);
  }

  Settings withSeed(long number) {
    return new Settings(
        port,
        number,
        latency,
        tokenInterval,
        reservationMultiplier,
        clock,
        resetGuard,
        bounds,
        strictSignatures);
  }

  Settings withLatency(Duration time) {
    return new Settings(
        port,
        seed,
        time,
        tokenInterval,
        reservationMultiplier,
        clock,
        resetGuard,
        bounds,
        strictSignatures);
  }

  Settings withTokenInterval(Duration time) {
    return new Settings(
        port,
        seed,
        latency,
        time,
        reservationMultiplier,
        clock,
        resetGuard,
        bounds,
        strictSignatures);
  }

  Settings withReservationMultiplier(double factor) {
    return new Settings(
        port, seed, latency, tokenInterval, factor, clock, resetGuard, bounds, strictSignatures);
  }

  Settings withClock(InstantSource source) {
    return new Settings(
        port,
        seed,
        latency,
        tokenInterval,
        reservationMultiplier,
        source,
        resetGuard,
        bounds,
        strictSignatures);
  }

  Settings withResetGuard(int resets) {
    return new Settings(
        port,
        seed,
        latency,
        tokenInterval,
        reservationMultiplier,
        clock,
        resets,
        bounds,
        strictSignatures);
  }

  Settings withBounds(Bounds most) {
    return new Settings(
        port,
        seed,
        latency,
        tokenInterval,
        reservationMultiplier,
        clock,
        resetGuard,
        most,
        strictSignatures);
  }

  Settings withStrictSignatures(boolean strict) {
    return new Settings(
        port,
        seed,
        latency,
        tokenInterval,
        reservationMultiplier,
        clock,
        resetGuard,
        bounds,
        strict);
  }

  private static void requireNotNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
  }
}
