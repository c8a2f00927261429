package io.github.resilientchat.core.internal.ledger;

import io.github.resilientchat.core.internal.time.Nanos;

/**
 * Counts over the last minute or hour, in twelfths: what was taken is forgotten when the twelfth in
 * which it was has wholly left the window, so that no window of that length, wherever it begins,
 * holds more than the limit. What did not fit is a debt, which moves into the window as that
 * empties: it is paid at the limit's rate, and never forgotten sooner.
 *
 * <p>Cells: the number of the present slice, the debt, what was told, the sum of the slices, and
 * thirteen slices.
 */
final class SlidingMeter extends Meter {

  private static final int PARTS = 12;
  private static final int SLICES = PARTS + 1;
  private static final int HEAD = 4;

  private final long sliceNanos;

  SlidingMeter(Counted counted, long most, long windowNanos, int at) {
    super(counted, most, at);
    this.sliceNanos = windowNanos / PARTS;
  }

  @Override
  int width() {
    return HEAD + SLICES;
  }

  @Override
  boolean fits(long[] cells, long units, Moment now) {
    advance(cells, now.nanos());
    return most > 0 && held(cells) + units <= most;
  }

  @Override
  long waitFor(long[] cells, long units, Moment now) {
    advance(cells, now.nanos());
    long sum = sum(cells);
    long excess = sum + cells[at + 1] + units - most;
    if (excess <= 0) {
      return 0;
    }
    // While there is a debt, the window is full and each slice that leaves is filled again: the
    // same slices leave round after round.
    long rounds = (excess - 1) / sum;
    if (rounds > Nanos.MOST / (SLICES * sliceNanos)) {
      return Nanos.MOST;
    }
    long missing = excess - rounds * sum;
    long slice = cells[at];
    long boundary = slice + rounds * SLICES;
    for (long oldest = slice + 1; missing > 0; oldest++) {
      missing -= cells[slot(oldest)];
      boundary++;
    }
    return boundary * sliceNanos - now.nanos();
  }

  @Override
  int take(long[] cells, long units, Moment now) {
    add(cells, slot(cells[at]), units);
    return levels(cells);
  }

  @Override
  void correct(long[] cells, long change, Moment taken, long nanos, Periods now) {
    advance(cells, nanos);
    if (change > 0) {
      cells[at + 1] = Math.min(MOST_DEBT, cells[at + 1] + change);
    } else {
      long slice = cells[at];
      boolean justNow = taken.nanos() >= slice * sliceNanos;
      giveBack(cells, -change, justNow ? slice : sliceOf(taken.nanos()));
    }
    payInto(cells, most - sum(cells));
  }

  /** To the slice it was taken in, or to the next one where another thread was there first. */
  private void giveBack(long[] cells, long units, long taken) {
    long left = units;
    for (long slice = taken; left > 0 && slice <= taken + 1 && slice <= cells[at]; slice++) {
      if (cells[at] - slice < SLICES) {
        long back = Math.min(left, cells[slot(slice)]);
        add(cells, slot(slice), -back);
        left -= back;
      }
    }
  }

  @Override
  long used(long[] cells, long nanos, Periods now) {
    advance(cells, nanos);
    return held(cells);
  }

  private long held(long[] cells) {
    return sum(cells) + cells[at + 1];
  }

  @Override
  int levels(long[] cells, long nanos, Periods now) {
    advance(cells, nanos);
    return levels(cells);
  }

  private int levels(long[] cells) {
    long used = held(cells);
    return isLow(used) ? 0 : levels(cells, level(used));
  }

  private int levels(long[] cells, int level) {
    long slice = cells[at];
    long since = cells[at + 2] >> 3;
    int told = slice - since >= SLICES ? 0 : (int) (cells[at + 2] & 7);
    if (level > told) {
      cells[at + 2] = (told == 0 ? slice : since) << 3 | level;
    }
    return told << 3 | level;
  }

  private long sliceOf(long nanos) {
    return nanos / sliceNanos;
  }

  private int slot(long slice) {
    return at + HEAD + (int) (slice % SLICES);
  }

  private long sum(long[] cells) {
    return cells[at + 3];
  }

  private void add(long[] cells, int slot, long units) {
    cells[slot] += units;
    cells[at + 3] += units;
  }

  private void payInto(long[] cells, long room) {
    long paid = Math.min(cells[at + 1], room);
    if (paid > 0) {
      add(cells, slot(cells[at]), paid);
      cells[at + 1] -= paid;
    }
  }

  private void advance(long[] cells, long nanos) {
    if (cells[at + 1] > 0) {
      // A limit that was raised has room for what is owed.
      payInto(cells, most - sum(cells));
    }
    if (nanos < (cells[at] + 1) * sliceNanos) {
      return;
    }
    long steps = sliceOf(nanos) - cells[at];
    if (steps <= 0) {
      return;
    }
    long sum = sum(cells);
    if (sum > 0 && cells[at + 1] > 0) {
      // All that leaves in a round is filled again, also where a limit that was lowered has more.
      long rounds = Math.min(steps / SLICES, cells[at + 1] / sum);
      cells[at + 1] -= rounds * sum;
      cells[at] += rounds * SLICES;
      steps -= rounds * SLICES;
    }
    // One more round may pay what is left of the debt, the next one empties the window.
    for (long step = Math.min(steps, 2 * SLICES); step > 0; step--) {
      cells[at]++;
      long left = cells[slot(cells[at])];
      add(cells, slot(cells[at]), -left);
      payInto(cells, left);
    }
    cells[at] = Math.max(cells[at], sliceOf(nanos));
  }
}
