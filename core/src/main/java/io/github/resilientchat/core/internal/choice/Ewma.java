package io.github.resilientchat.core.internal.choice;

/**
 * An average that forgets: what was heard a time constant ago counts a third. Thread-safe; a late
 * reader may see the value of a moment before.
 */
final class Ewma {

  private static final double LEAST_WEIGHT = 0.02;

  private final double tauNanos;
  private volatile double value = Double.NaN;
  private volatile long heardAt;

  Ewma(double tauNanos) {
    this.tauNanos = tauNanos;
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
      double weight = Math.max(LEAST_WEIGHT, 1 - Math.exp(-(now - heardAt) / tauNanos));
      value += weight * (sample - value);
    }
    heardAt = now;
  }
}
