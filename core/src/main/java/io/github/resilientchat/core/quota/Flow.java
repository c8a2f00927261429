package io.github.resilientchat.core.quota;

import java.util.Arrays;

/**
 * What one tenant, or one user of no tenant, asked of a route and got in the last minute, in
 * tokens. Guards itself.
 */
final class Flow {

  private static final int PARTS = 12;
  private static final long SLICE_NANOS = 60_000_000_000L / PARTS;

  private final long[] asked = new long[PARTS];
  private final long[] got = new long[PARTS];
  private long slice = Long.MIN_VALUE;
  private long sumAsked;
  private long sumGot;
  private int weight;

  Flow(int weight) {
    this.weight = weight;
  }

  synchronized void asked(long tokens, int nowWeighs, long nanos) {
    advance(nanos);
    weight = nowWeighs;
    asked[slot()] += tokens;
    sumAsked += tokens;
  }

  /** Took tokens, or gave some back. */
  synchronized void got(long tokens, long nanos) {
    advance(nanos);
    long change = Math.max(tokens, -got[slot()]);
    got[slot()] += change;
    sumGot += change;
  }

  synchronized long got(long nanos) {
    advance(nanos);
    return sumGot;
  }

  /** What it wants: at least what it got, since estimates are corrected. */
  synchronized long wanted(long nanos) {
    advance(nanos);
    return Math.max(sumAsked, sumGot);
  }

  synchronized int weight() {
    return weight;
  }

  private int slot() {
    return (int) Math.floorMod(slice, (long) PARTS);
  }

  private void advance(long nanos) {
    long now = Math.floorDiv(nanos, SLICE_NANOS);
    if (slice == Long.MIN_VALUE || now - slice >= PARTS) {
      Arrays.fill(asked, 0);
      Arrays.fill(got, 0);
      sumAsked = 0;
      sumGot = 0;
      slice = now;
    }
    while (slice < now) {
      slice++;
      sumAsked -= asked[slot()];
      sumGot -= got[slot()];
      asked[slot()] = 0;
      got[slot()] = 0;
    }
  }
}
