package io.github.resilientchat.core.internal.call;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps retries of a route to a share of its calls, so that an outage is not answered with a
 * multiple of the load. Counts over ten seconds; a floor lets quiet routes retry at all.
 * Thread-safe: calls are counted without a lock, retries, which are few, under one.
 */
final class RetryBudget {

  /** One more than the seconds that count: the oldest slot is partly within them. */
  private static final int SLOTS = 11;

  private static final long SLOT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int FLOOR = 10;

  private final int percent;
  private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(SLOTS);
  private final ReentrantLock retrying = new ReentrantLock();

  /** What began in a second of the clock. */
  private static final class Slot {
    private final long second;
    private final LongAdder calls = new LongAdder();
    private int retries;

    Slot(long second) {
      this.second = second;
    }
  }

  RetryBudget(int percent) {
    this.percent = percent;
  }

  void called(long now) {
    slotOf(Math.floorDiv(now, SLOT_NANOS)).calls.increment();
  }

  /** Takes one retry, or says that the budget is used up. */
  boolean tryRetry(long now) {
    long second = Math.floorDiv(now, SLOT_NANOS);
    retrying.lock();
    try {
      if (retriesUntil(second) >= Math.max(FLOOR, callsUntil(second) * percent / 100)) {
        return false;
      }
      slotOf(second).retries++;
      return true;
    } finally {
      retrying.unlock();
    }
  }

  /** The slot of a second; the one in its place where that is a later one already. */
  private Slot slotOf(long second) {
    int place = Math.floorMod(second, SLOTS);
    while (true) {
      @Nullable Slot known = slots.get(place);
      if (known != null && known.second >= second) {
        return known;
      }
      Slot made = new Slot(second);
      if (slots.compareAndSet(place, known, made)) {
        return made;
      }
    }
  }

  private long retriesUntil(long second) {
    long sum = 0;
    for (int place = 0; place < SLOTS; place++) {
      @Nullable Slot slot = slots.get(place);
      sum += slot == null || slot.second <= second - SLOTS ? 0 : slot.retries;
    }
    return sum;
  }

  /** Calls are counted over ten slots only, so that the share is never too generous. */
  private long callsUntil(long second) {
    long sum = 0;
    for (int place = 0; place < SLOTS; place++) {
      @Nullable Slot slot = slots.get(place);
      sum += slot == null || slot.second <= second - SLOTS + 1 ? 0 : slot.calls.sum();
    }
    return sum;
  }
}
