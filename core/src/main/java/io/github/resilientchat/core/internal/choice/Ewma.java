package io.github.resilientchat.core.internal.choice;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * An average that forgets: what was heard a time constant ago counts a third. Thread-safe; a late
 * reader may see the value of a moment before.
 *
 * <p>One that is {@linkplain #levelled level} weighs its first samples alike, so that the first of
 * all, which connects and loads classes, is not believed for half a minute.
 */
final class Ewma {

  private static final AtomicLongFieldUpdater<Ewma> BITS =
      AtomicLongFieldUpdater.newUpdater(Ewma.class, "bits");
  private static final double LEAST_WEIGHT = 0.02;

  private static final int ENOUGH = (int) (1 / LEAST_WEIGHT);

  /**
   * Ten thousand words a second teach as much as a million, and a value that many threads write is
   * one that all of them wait for.
   */
  static final long GRAIN_NANOS = 100_000;

  private final double tauNanos;
  private volatile long bits = Double.doubleToRawLongBits(Double.NaN);
  private volatile long heardAt;
  private volatile int heard;

  Ewma(double tauNanos) {
    this(tauNanos, ENOUGH);
  }

  private Ewma(double tauNanos, int heard) {
    this.tauNanos = tauNanos;
    this.heard = heard;
  }

  static Ewma levelled(double tauNanos) {
    return new Ewma(tauNanos, 0);
  }

  /** The average, or NaN before the first observation. */
  double value() {
    return Double.longBitsToDouble(bits);
  }

  /** Nanoseconds since the last observation. */
  long silence(long now) {
    return now - heardAt;
  }

  /** Notes a sample; what is as it was is noted only now and then. */
  void observe(double sample, long now) {
    if (value() == sample && now - heardAt < GRAIN_NANOS) {
      return;
    }
    double weight = Math.max(weightOfFirst(), weight((now - heardAt) / tauNanos));
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

  /**
   * Whether so many samples came before this one, and the last a moment ago, that it may be left
   * out.
   */
  boolean isBusy(long now) {
    return heard >= ENOUGH && now - heardAt < GRAIN_NANOS;
  }

  /** A count that is lost to another thread does no harm. */
  private double weightOfFirst() {
    int before = heard;
    if (before >= ENOUGH) {
      return 0;
    }
    heard = before + 1;
    return 1.0 / (before + 1);
  }

  /** No exponential is more than its argument. */
  private static double weight(double silence) {
    return silence <= LEAST_WEIGHT ? LEAST_WEIGHT : Math.max(LEAST_WEIGHT, 1 - Math.exp(-silence));
  }
}
