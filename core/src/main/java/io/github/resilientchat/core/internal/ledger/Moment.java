package io.github.resilientchat.core.internal.ledger;

/** An instant, by both clocks. */
public final class Moment {

  private final long nanos;
  private final Wall wall;

  /**
   * @param nanos of the ticker, since the calendar was made
   */
  Moment(long nanos, Wall wall) {
    this.nanos = nanos;
    this.wall = wall;
  }

  /** Of the ticker, since the calendar was made. */
  public long nanos() {
    return nanos;
  }

  /** Of the wall clock. */
  public long millis() {
    return wall.millis();
  }

  /** The windows of the calendar that it is in. */
  public Periods periods() {
    return wall.periods();
  }

  public Calendar calendar() {
    return periods().calendar();
  }
}
