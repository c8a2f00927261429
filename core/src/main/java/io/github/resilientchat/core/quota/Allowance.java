package io.github.resilientchat.core.quota;

import java.util.concurrent.atomic.LongAdder;

/**
 * One limit's account: full at the start, refilled evenly over its window, and able to go into
 * debt. An instance of a fleet has a share of the limit. Not thread-safe; {@link LimitLedger}
 * guards it.
 */
final class Allowance {

  /** Rounding may be off by so much of the limit; far less than refills in a nanosecond. */
  private static final double ROUNDING = 1e-12;

  private final Limit limit;
  private final long windowNanos;
  private volatile double most;
  private volatile double unitsPerNano;
  private final LongAdder wanted = new LongAdder();
  private volatile double left;
  private volatile long seenAt;

  Allowance(Limit limit, long windowNanos, long now) {
    this.limit = limit;
    this.windowNanos = windowNanos;
    this.most = limit.amount();
    this.unitsPerNano = (double) limit.amount() / windowNanos;
    this.left = limit.amount();
    this.seenAt = now;
  }

  /** From now on this is its share of the limit; a request passes a share of less than one. */
  void share(double share, long now) {
    refill(now);
    most = Math.max(1, limit.amount() * share);
    unitsPerNano = limit.amount() * share / windowNanos;
    left = Math.min(left, most);
  }

  /** So much is asked for, whether it passes or not. */
  void wants(long units) {
    wanted.add(units);
  }

  /** What was asked for since this was asked last, as a share of the whole limit. */
  double takeWanted() {
    return (double) wanted.sumThenReset() / limit.amount();
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
    double there = Math.min(most, left + Math.max(0, now - since) * unitsPerNano);
    double missing = clamp(units) - there;
    return missing <= ROUNDING * most ? 0 : (long) Math.ceil(missing / unitsPerNano);
  }

  void take(long units, long now) {
    refill(now);
    left -= clamp(units);
  }

  /** Corrects what was taken; a positive change takes more and may leave a debt. */
  void correct(long units, long now) {
    refill(now);
    left = Math.min(most, left - units);
  }

  /**
   * The most that {@link #take} deducts: a larger request needs a full account and leaves a debt.
   */
  long clamp(long units) {
    return Math.min(units, (long) most);
  }

  /** Whole units left; negative while in debt. */
  long remaining(long now) {
    refill(now);
    return (long) Math.floor(left + 1e-6);
  }

  /** What is left, from 0 to 1; 0 while in debt. May be asked by anybody at any time. */
  double shareLeft(long now) {
    double refilled = left + Math.max(0, now - seenAt) * unitsPerNano;
    return Math.max(0, Math.min(1, refilled / most));
  }

  private void refill(long now) {
    if (now > seenAt) {
      left = Math.min(most, left + (now - seenAt) * unitsPerNano);
      seenAt = now;
    }
  }
}
