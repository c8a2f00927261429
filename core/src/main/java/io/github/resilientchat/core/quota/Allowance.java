package io.github.resilientchat.core.quota;

/**
 * One limit's account: full at the start, refilled evenly over its window, and able to go into
 * debt. Not thread-safe; {@link LimitLedger} guards it.
 *
 * <p>Kept as the single instant at which it will be full again (the "theoretical arrival time" of
 * the generic cell rate algorithm), so that waiting exactly the time it names is exactly enough.
 */
final class Allowance {

  private final Limit limit;
  private final long windowNanos;
  private long fullAt;

  Allowance(Limit limit, long windowNanos, long now) {
    this.limit = limit;
    this.windowNanos = windowNanos;
    this.fullAt = now;
  }

  boolean counts(Limit.Measure measure) {
    return limit.unit().measure() == measure;
  }

  Limit limit() {
    return limit;
  }

  /** Nanoseconds until this many units fit; 0 or less when they fit now. */
  long waitFor(long units, long now) {
    return backlog(now) + cost(Math.min(units, limit.amount())) - windowNanos;
  }

  void take(long units, long now) {
    fullAt = now + backlog(now) + cost(Math.min(units, limit.amount()));
  }

  /** Corrects what was taken; a positive change takes more and may leave a debt. */
  void correct(long units) {
    fullAt += units < 0 ? -cost(-units) : cost(units);
  }

  /**
   * The most that {@link #take} deducts: a larger request needs a full account and leaves a debt.
   */
  long clamp(long units) {
    return Math.min(units, limit.amount());
  }

  /** Units that fit now; negative while in debt. */
  long remaining(long now) {
    double free = (double) (windowNanos - backlog(now)) / windowNanos;
    return (long) Math.floor(free * limit.amount() + 1e-6);
  }

  /** What is left, from 0 to 1; 0 while in debt. */
  double shareLeft(long now) {
    return Math.max(0, (double) (windowNanos - backlog(now)) / windowNanos);
  }

  private long backlog(long now) {
    return Math.max(0, fullAt - now);
  }

  private long cost(long units) {
    return (long) ((double) units * windowNanos / limit.amount());
  }
}
