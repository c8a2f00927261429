package io.github.resilientchat.redis;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Where the hours, days and months of a zone begin, for a script that has a clock and no calendar.
 * It is told the period before, this one and the next, so that its clock may differ. Thread-safe.
 */
final class CalendarTable {

  private static final long HOUR = 3_600_000;

  private final ZoneId zone;
  private volatile Page page;

  /**
   * The table at an hour.
   *
   * @param until the first millisecond that needs another one
   */
  private record Page(long from, long until, long hour, long[] numbers) {}

  CalendarTable(ZoneId zone, long millis) {
    this.zone = zone;
    this.page = pageAt(millis);
  }

  /** As the script reads it; not to be changed. */
  long[] numbers(long millis) {
    return page(millis).numbers();
  }

  private Page page(long millis) {
    Page known = page;
    if (millis < known.from() || millis >= known.until()) {
      known = pageAt(millis);
      page = known;
    }
    return known;
  }

  private Page pageAt(long millis) {
    ZonedDateTime at = Instant.ofEpochMilli(millis).atZone(zone);
    long from = at.truncatedTo(ChronoUnit.HOURS).toInstant().toEpochMilli();
    long hour = Math.floorDiv(from, HOUR);
    long day = at.toLocalDate().toEpochDay();
    long month = at.getYear() * 12L + at.getMonthValue() - 1;
    long[] numbers = {
      hour,
      from,
      day,
      startOfDay(day),
      startOfDay(day + 1),
      startOfDay(day + 2),
      month,
      startOfMonth(month),
      startOfMonth(month + 1),
      startOfMonth(month + 2)
    };
    return new Page(from, from + HOUR, hour, numbers);
  }

  long startOfHour(long number, long millis) {
    Page known = page(millis);
    return known.from() + (number - known.hour()) * HOUR;
  }

  long startOfDay(long number) {
    return start(LocalDate.ofEpochDay(Math.min(number, LocalDate.MAX.toEpochDay() - 1)));
  }

  long startOfMonth(long number) {
    return start(
        LocalDate.of((int) Math.floorDiv(number, 12L), (int) Math.floorMod(number, 12L) + 1, 1));
  }

  private long start(LocalDate date) {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
