package io.github.resilientchat.core.internal.ledger;

import io.github.resilientchat.core.internal.time.Nanos;

/**
 * Counts over an hour, a day or a month of the calendar. What a period could not hold is owed by
 * the next one.
 *
 * <p>Cells: the number of the period, what it holds, and what was told.
 */
final class CalendarMeter extends Meter {

  private final Period period;

  CalendarMeter(Counted counted, long most, Period period, int at) {
    super(counted, most, at);
    this.period = period;
  }

  @Override
  int width() {
    return 3;
  }

  @Override
  boolean fits(long[] cells, long units, Moment now) {
    advance(cells, now.periods());
    return most > 0 && cells[at + 1] + units <= most;
  }

  @Override
  long waitFor(long[] cells, long units, Moment now) {
    advance(cells, now.periods());
    long excess = cells[at + 1] + units - most;
    if (excess <= 0) {
      return 0;
    }
    long periods = (excess - 1) / most + 1;
    if (periods > 10_000) {
      return Nanos.MOST;
    }
    long start = now.calendar().startOf(period, cells[at] + periods);
    return Math.min(Nanos.MOST / 1_000_000, Math.max(1, start - now.millis())) * 1_000_000;
  }

  @Override
  int take(long[] cells, long units, Moment now) {
    cells[at + 1] += units;
    return levels(cells);
  }

  @Override
  void correct(long[] cells, long change, Moment taken, long nanos, Periods now) {
    advance(cells, now);
    if (change > 0 || taken.periods().number(period) == cells[at]) {
      cells[at + 1] = Math.max(0, Math.min(MOST_DEBT, cells[at + 1] + change));
    }
  }

  @Override
  long used(long[] cells, long nanos, Periods now) {
    advance(cells, now);
    return cells[at + 1];
  }

  @Override
  int levels(long[] cells, long nanos, Periods now) {
    advance(cells, now);
    return levels(cells);
  }

  private int levels(long[] cells) {
    long used = cells[at + 1];
    return isLow(used) ? 0 : levels(cells, level(used));
  }

  private int levels(long[] cells, int level) {
    int told = cells[at + 2] >> 3 == cells[at] ? (int) (cells[at + 2] & 7) : 0;
    if (level > told) {
      cells[at + 2] = cells[at] << 3 | level;
    }
    return told << 3 | level;
  }

  /** Never back: a clock that is set back begins no period a second time. */
  private void advance(long[] cells, Periods now) {
    long number = now.number(period);
    long passed = number - cells[at];
    if (passed > 0) {
      long used = cells[at + 1];
      cells[at + 1] = most == 0 || passed > used / most ? 0 : used - passed * most;
      cells[at] = number;
    }
  }
}
