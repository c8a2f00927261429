package io.github.resilientchat.core.quota;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/**
 * One limit's account: full at the start, refilled evenly over its window, and able to go into
 * debt. An instance of a fleet has a share of the limit. Not thread-safe; {@link LimitLedger}
 * guards it. Who only looks, without the lock, may see what was a moment before.
 */
final class Allowance {

  // Written in order and read in the reverse one, which is all that those without the lock need; a
  // volatile write would wait each time until all processors have seen it.
  private static final VarHandle LEFT = handle("left", double.class);
  private static final VarHandle SEEN_AT = handle("seenAt", long.class);

  /** Rounding may be off by so much of the limit; far less than refills in a nanosecond. */
  private static final double ROUNDING = 1e-12;

  private final Limit limit;
  private final boolean countsTokens;
  private final long windowNanos;
  private volatile double most;
  private volatile double unitsPerNano;
  private final LongAdder wanted = new LongAdder();
  private double left;
  private long seenAt;

  Allowance(Limit limit, long windowNanos, long now) {
    this.limit = limit;
    this.countsTokens = limit.unit().measure() == Limit.Measure.TOKENS;
    this.windowNanos = windowNanos;
    this.most = limit.amount();
    this.unitsPerNano = (double) limit.amount() / windowNanos;
    this.left = limit.amount();
    this.seenAt = now;
  }

  private static VarHandle handle(String name, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Allowance.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** From now on this is its share of the limit; a request passes a share of less than one. */
  void share(double share, long now) {
    double refilled = refilled(now);
    most = Math.max(1, limit.amount() * share);
    unitsPerNano = limit.amount() * share / windowNanos;
    seen(Math.min(refilled, most), now);
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

  /** What a call of so many tokens takes of it. */
  long units(long tokens) {
    return countsTokens ? tokens : 1;
  }

  boolean countsTokens() {
    return countsTokens;
  }

  /**
   * Nanoseconds until this many units fit; 0 when they fit now. May be asked by anybody at any time
   * as well, and then never says more than was so at a moment in between: what is refilled is
   * counted from before what is left was read.
   */
  long waitFor(long units, long now) {
    long since = (long) SEEN_AT.getAcquire(this);
    double there = (double) LEFT.getAcquire(this) + Math.max(0, now - since) * unitsPerNano;
    there = Math.min(most, there);
    double missing = clamp(units) - there;
    return missing <= ROUNDING * most ? 0 : (long) Math.ceil(missing / unitsPerNano);
  }

  void take(long units, long now) {
    seen(refilled(now) - clamp(units), now);
  }

  /** Corrects what was taken; a positive change takes more and may leave a debt. */
  void correct(long units, long now) {
    seen(Math.min(most, refilled(now) - units), now);
  }

  /**
   * The most that {@link #take} deducts: a larger request needs a full account and leaves a debt.
   */
  long clamp(long units) {
    return Math.min(units, (long) most);
  }

  /** Whole units left; negative while in debt. */
  long remaining(long now) {
    return (long) Math.floor(refilled(now) + 1e-6);
  }

  /** What is left, from 0 to 1; 0 while in debt. May be asked by anybody at any time. */
  double shareLeft(long now) {
    long since = (long) SEEN_AT.getAcquire(this);
    double refilled = (double) LEFT.getAcquire(this) + Math.max(0, now - since) * unitsPerNano;
    return refilled >= most ? 1 : Math.max(0, refilled / most);
  }

  private double refilled(long now) {
    return now > seenAt ? Math.min(most, left + (now - seenAt) * unitsPerNano) : left;
  }

  private void seen(double now, long at) {
    LEFT.setRelease(this, now);
    SEEN_AT.setRelease(this, Math.max(seenAt, at));
  }
}
