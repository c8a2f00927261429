package io.github.resilientchat.core.quota;

/**
 * One limit's account: full at the start, refilled evenly over its window, and able to go into
 * debt. Not thread-safe; {@link LimitLedger} guards it.
 */
final class Allowance {

  /** Rounding may be off by so much of the limit; far less than refills in a nanosecond. */
  private static final double ROUNDING = 1e-12;

  private final Limit limit;
  private final double unitsPerNano;
  private final double shareOfAUnit;
  private volatile double left;
  private volatile long seenAt;

  Allowance(Limit limit, long windowNanos, long now) {
    this.limit = limit;
    this.unitsPerNano = (double) limit.amount() / windowNanos;
    this.shareOfAUnit = 1.0 / limit.amount();
    this.left = limit.amount();
    this.seenAt = now;
  }

  Limit limit() {
    return limit;
  }

  boolean counts(Limit.Measure measure) {
    return limit.unit().measure() == measure;
  }

  /**
   * Nanoseconds until this many units fit; 0 when they fit now. May be asked by anybody at any time
   * as well, and then never says more than was so at a moment in between: what is refilled is
   * counted from before what is left was read.
   */
  long waitFor(long units, long now) {
    long since = seenAt;
    double there = Math.min(limit.amount(), left + Math.max(0, now - since) * unitsPerNano);
    double missing = clamp(units) - there;
    return missing <= ROUNDING * limit.amount() ? 0 : (long) Math.ceil(missing / unitsPerNano);
  }

  void take(long units, long now) {
    refill(now);
    left -= clamp(units);
  }

  /** Corrects what was taken; a positive change takes more and may leave a debt. */
  void correct(long units, long now) {
    refill(now);
    left = Math.min(limit.amount(), left - units);
  }

  /**
   * The most that {@link #take} deducts: a larger request needs a full account and leaves a debt.
   */
  long clamp(long units) {
    return Math.min(units, limit.amount());
  }

  /** Whole units left; negative while in debt. */
  long remaining(long now) {
    refill(now);
    return (long) Math.floor(left + 1e-6);
  }

  /** What is left, from 0 to 1; 0 while in debt. May be asked by anybody at any time. */
  double shareLeft(long now) {
    double refilled = left + Math.max(0, now - seenAt) * unitsPerNano;
    return Math.max(0, Math.min(1, refilled * shareOfAUnit));
  }

  private void refill(long now) {
    if (now > seenAt) {
      left = Math.min(limit.amount(), left + (now - seenAt) * unitsPerNano);
      seenAt = now;
    }
  }
}
