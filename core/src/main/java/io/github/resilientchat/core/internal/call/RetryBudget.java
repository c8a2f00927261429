package io.github.resilientchat.core.internal.call;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps retries of a route to a share of its calls, so that an outage is not answered with a
 * multiple of the load. Counts over ten seconds; a floor lets quiet routes retry at all.
 * Thread-safe, and nobody waits: retries are charged under their call's monitor, where a thread
 * that is parked would pin its carrier.
 */
final class RetryBudget {

  /** One more than the seconds that count: the oldest slot is partly within them. */
  private static final int SLOTS = 11;

  private static final long SLOT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int FLOOR = 10;

  private final int percent;
  private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(SLOTS);
  private final AtomicReference<@Nullable Retries> retries = new AtomicReference<>();

  /** What began in a second of the clock. */
  private static final class Slot {
    private final long second;
    private final LongAdder calls = new LongAdder();

    Slot(long second) {
      this.second = second;
    }
  }

  /**
   * How many there were in each second that counts; replaced as a whole, as they are few.
   *
   * @param last the latest second, and the last of the counts
   */
  private record Retries(long last, int[] counts) {

    /** What of these still counts in a second. */
    static Retries until(long second, @Nullable Retries known) {
      long passed = known == null ? SLOTS : second - known.last;
      if (known != null && passed <= 0) {
        return known;
      }
      int[] left = new int[SLOTS];
      if (known != null && passed < SLOTS) {
        System.arraycopy(known.counts, (int) passed, left, 0, SLOTS - (int) passed);
      }
      return new Retries(second, left);
    }

    Retries andOne() {
      int[] more = counts.clone();
      more[SLOTS - 1]++;
      return new Retries(last, more);
    }

    long sum() {
      return Arrays.stream(counts).asLongStream().sum();
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
    while (true) {
      @Nullable Retries before = retries.get();
      Retries until = Retries.until(second, before);
      if (until.sum() >= Math.max(FLOOR, callsUntil(second) * percent / 100)) {
        return false;
      }
      if (retries.compareAndSet(before, until.andOne())) {
        return true;
      }
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
