package io.github.resilientchat.core.internal.choice;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * An average that forgets: what was heard a time constant ago counts a third. Thread-safe; a late
 * reader may see the value of a moment before.
 */
final class Ewma {

  private static final AtomicLongFieldUpdater<Ewma> BITS =
      AtomicLongFieldUpdater.newUpdater(Ewma.class, "bits");
  private static final double LEAST_WEIGHT = 0.02;

  private final double tauNanos;
  private volatile long bits = Double.doubleToRawLongBits(Double.NaN);
  private volatile long heardAt;

  Ewma(double tauNanos) {
    this.tauNanos = tauNanos;
  }

  /** The average, or NaN before the first observation. */
  double value() {
    return Double.longBitsToDouble(bits);
  }

  /** Nanoseconds since the last observation. */
  long silence(long now) {
    return now - heardAt;
  }

  void observe(double sample, long now) {
    double weight = weight((now - heardAt) / tauNanos);
    long known;
    double value;
    do {
      known = bits;
      value = Double.longBitsToDouble(known);
      if (value == sample) {
        break;
      }
      value = Double.isNaN(value) ? sample : value + weight * (sample - value);
    } while (!BITS.compareAndSet(this, known, Double.doubleToRawLongBits(value)));
    heardAt = now;
  }

  /** No exponential is more than its argument. */
  private static double weight(double silence) {
    return silence <= LEAST_WEIGHT ? LEAST_WEIGHT : Math.max(LEAST_WEIGHT, 1 - Math.exp(-silence));
  }
}
