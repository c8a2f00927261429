package io.github.resilientchat.core.internal.choice;

/**
 * An average that forgets: what was heard a time constant ago counts a third. Thread-safe; a late
 * reader may see the value of a moment before.
 *
 * <p>One that is {@linkplain #levelled level} weighs its first samples alike, so that the first of
 * all, which connects and loads classes, is not believed for half a minute.
 */
final class Ewma {

  private static final double LEAST_WEIGHT = 0.02;

  private static final int ENOUGH = (int) (1 / LEAST_WEIGHT);

  private final double tauNanos;
  private volatile double value = Double.NaN;
  private volatile long heardAt;
  private int heard;

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
    return value;
  }

  /** Nanoseconds since the last observation. */
  long silence(long now) {
    return now - heardAt;
  }

  synchronized void observe(double sample, long now) {
    if (Double.isNaN(value)) {
      value = sample;
    } else {
      double least = Math.max(LEAST_WEIGHT, 1.0 / (heard + 1));
      double weight = Math.max(least, 1 - Math.exp(-(now - heardAt) / tauNanos));
      value += weight * (sample - value);
    }
    heard = Math.min(ENOUGH, heard + 1);
    heardAt = now;
  }
}
