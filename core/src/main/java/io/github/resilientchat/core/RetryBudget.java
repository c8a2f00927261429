package io.github.resilientchat.core;

import java.time.Duration;

/**
 * Keeps retries of a route to a share of its calls, so that an outage is not answered with a
 * multiple of the load. Counts over ten seconds; a floor lets quiet routes retry at all.
 * Thread-safe.
 */
final class RetryBudget {

  /** One more than the seconds that count: the oldest slot is partly within them. */
  private static final int SLOTS = 11;

  private static final long SLOT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int FLOOR = 10;

  private final int percent;
  private final Ticker ticker;
  private final int[] calls = new int[SLOTS];
  private final int[] retries = new int[SLOTS];
  private long slot;

  RetryBudget(int percent, Ticker ticker) {
    this.percent = percent;
    this.ticker = ticker;
    this.slot = ticker.nanos() / SLOT_NANOS;
  }

  synchronized void called() {
    calls[current()]++;
  }

  /** Takes one retry, or says that the budget is used up. */
  synchronized boolean tryRetry() {
    int now = current();
    if (sum(retries) >= Math.max(FLOOR, (sum(calls) - oldest(calls)) * percent / 100)) {
      return false;
    }
    retries[now]++;
    return true;
  }

  private int current() {
    long now = ticker.nanos() / SLOT_NANOS;
    for (long passed = Math.max(slot + 1, now - SLOTS + 1); passed <= now; passed++) {
      calls[Math.floorMod(passed, SLOTS)] = 0;
      retries[Math.floorMod(passed, SLOTS)] = 0;
    }
    slot = Math.max(slot, now);
    return Math.floorMod(slot, SLOTS);
  }

  /** Calls are counted over ten slots only, so that the share is never too generous. */
  private int oldest(int[] counts) {
    return counts[Math.floorMod(slot + 1, SLOTS)];
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
