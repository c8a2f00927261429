package io.github.resilientchat.core.internal.ledger;

/** Counts calls that run. One cell. */
final class SlotMeter extends Meter {

  /** Nobody can know when a running call ends. */
  private static final long SOON = 1_000_000_000;

  SlotMeter(long most, int at) {
    super(Counted.SLOTS, most, at);
  }

  @Override
  int width() {
    return 1;
  }

  @Override
  boolean fits(long[] cells, long units, Moment now) {
    return cells[at] < most;
  }

  @Override
  long waitFor(long[] cells, long units, Moment now) {
    return cells[at] < most ? 0 : SOON;
  }

  @Override
  int take(long[] cells, long units, Moment now) {
    cells[at]++;
    return 0;
  }

  @Override
  void correct(long[] cells, long change, Moment taken, long nanos, Periods now) {
    cells[at] += change;
  }

  @Override
  long used(long[] cells, long nanos, Periods now) {
    return cells[at];
  }

  /** Nothing is told: there is no window in which it could be once. */
  @Override
  int levels(long[] cells, long nanos, Periods now) {
    return 0;
  }
}
