package io.github.resilientchat.core.quota;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What one tenant, or one user of no tenant, asked of a route and got in the last minute, in
 * tokens. Thread-safe: calls add without a lock, and are summed up when somebody asks.
 */
final class Flow {

  private static final int PARTS = 12;
  private static final long SLICE_NANOS = 60_000_000_000L / PARTS;

  /** What was wanted so long ago counts for a third. */
  private static final double USUAL_NANOS = 120_000_000_000.0;

  private final AtomicReferenceArray<@Nullable Slice> slices = new AtomicReferenceArray<>(PARTS);
  private volatile int weight;

  /** What is wanted as a rule, and when that was reckoned; written by one at a time. */
  private volatile double usual = Double.NaN;

  private volatile long usualAt;

  /** A twelfth of a minute. */
  private static final class Slice {
    private final long number;
    private final LongAdder asked = new LongAdder();
    private final LongAdder got = new LongAdder();

    Slice(long number) {
      this.number = number;
    }

    /** What is given back in another slice than it was taken in is no debt of that one. */
    long got() {
      return Math.max(0, got.sum());
    }
  }

  Flow(int weight) {
    this.weight = weight;
  }

  void asked(long tokens, int nowWeighs, long nanos) {
    weigh(nowWeighs);
    at(nanos).asked.add(tokens);
  }

  /** Was let in, and took tokens. */
  void took(long likely, long tokens, int nowWeighs, long nanos) {
    weigh(nowWeighs);
    Slice now = at(nanos);
    if (likely > 0) {
      now.asked.add(likely);
    }
    now.got.add(tokens);
  }

  private void weigh(int nowWeighs) {
    if (weight != nowWeighs) {
      weight = nowWeighs;
    }
  }

  /** Took tokens, or gave some back. */
  void got(long tokens, long nanos) {
    at(nanos).got.add(tokens);
  }

  long got(long nanos) {
    long number = numberAt(nanos);
    long sum = 0;
    for (int place = 0; place < PARTS; place++) {
      @Nullable Slice slice = slices.get(place);
      sum += counts(slice, number) ? slice.got() : 0;
    }
    return sum;
  }

  /** What it wants: at least what it got, since estimates are corrected. */
  long wanted(long nanos) {
    long number = numberAt(nanos);
    long asked = 0;
    for (int place = 0; place < PARTS; place++) {
      @Nullable Slice slice = slices.get(place);
      asked += counts(slice, number) ? slice.asked.sum() : 0;
    }
    return Math.max(asked, got(nanos));
  }

  /**
   * What it wants as a rule, so that the chance of a minute is not taken for more; what it wants
   * now as long as nobody has reckoned that.
   */
  double usuallyWanted(long nanos) {
    double known = usual;
    return Double.isNaN(known) ? wanted(nanos) : known;
  }

  /** Reckons what is wanted as a rule, as this is wanted now. */
  void wants(long tokens, long nanos) {
    double known = usual;
    double fades = Math.exp(-(nanos - usualAt) / USUAL_NANOS);
    usual = Double.isNaN(known) ? tokens : tokens + (known - tokens) * fades;
    usualAt = nanos;
  }

  int weight() {
    return weight;
  }

  private static boolean counts(@Nullable Slice slice, long number) {
    return slice != null && slice.number > number - PARTS;
  }

  private static long numberAt(long nanos) {
    return Math.floorDiv(nanos, SLICE_NANOS);
  }

  /** The slice of a moment; the one in its place where that is a later one already. */
  private Slice at(long nanos) {
    long number = numberAt(nanos);
    int place = Math.floorMod(number, PARTS);
    while (true) {
      @Nullable Slice known = slices.get(place);
      if (known != null && known.number >= number) {
        return known;
      }
      Slice made = new Slice(number);
      if (slices.compareAndSet(place, known, made)) {
        return made;
      }
    }
  }
}
