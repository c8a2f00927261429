package io.github.resilientchat.core.internal.ledger;

/**
 * The hour, day and month that an instant is in, by number: the next one has the next number.
 *
 * @param from the first millisecond of the hour
 * @param until the first millisecond after it
 */
public record Periods(Calendar calendar, long hour, long day, long month, long from, long until) {

  long number(Period period) {
    return switch (period) {
      case HOUR -> hour;
      case DAY -> day;
      case MONTH -> month;
    };
  }
}
