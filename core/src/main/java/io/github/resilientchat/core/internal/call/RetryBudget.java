package io.github.resilientchat.core.internal.call;

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
  private final int[] calls = new int[SLOTS];
  private final int[] retries = new int[SLOTS];
  private long slot;

  RetryBudget(int percent, long now) {
    this.percent = percent;
    this.slot = Math.floorDiv(now, SLOT_NANOS);
  }

  synchronized void called(long now) {
    calls[at(now)]++;
  }

  /** Takes one retry, or says that the budget is used up. */
  synchronized boolean tryRetry(long now) {
    int current = at(now);
    if (sum(retries) >= Math.max(FLOOR, (sum(calls) - oldest(calls)) * percent / 100)) {
      return false;
    }
    retries[current]++;
    return true;
  }

  private int at(long nanos) {
    long now = Math.floorDiv(nanos, SLOT_NANOS);
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
