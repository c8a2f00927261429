package io.github.resilientchat.core.internal.ledger;

/**
 * An instant, by both clocks.
 *
 * @param nanos of the ticker, since the calendar was made
 * @param millis of the wall clock
 * @param periods the windows of the calendar that it is in
 */
public record Moment(long nanos, long millis, Periods periods) {

  public Calendar calendar() {
    return periods.calendar();
  }
}
