package io.github.resilientchat.benchmarks.simulation;

import java.time.Duration;

/**
 * The simulation's own account of a daily limit, kept from what the servers said. It refills evenly
 * as the engine's does, so that both must always agree.
 */
final class Account {

  private static final double DAY_NANOS = Duration.ofDays(1).toNanos();

  private final double amount;
  private double fullAt;

  Account(long amount) {
    this.amount = amount;
  }

  void reserve(long units, long now) {
    fullAt = Math.max(fullAt, now) + units / amount * DAY_NANOS;
  }

  void correct(long units) {
    fullAt += units / amount * DAY_NANOS;
  }

  /** What is left, from 0 to 1. */
  double left(long now) {
    return 1 - Math.max(0, fullAt - now) / DAY_NANOS;
  }
}
