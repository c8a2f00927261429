package io.github.resilientchat.core.internal.ledger;

import io.github.resilientchat.core.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Reads both clocks, and knows where the hours, days and months of a zone begin. The wall clock is
 * read once a millisecond at most, which is as exact as it is. Thread-safe.
 */
public final class Calendar {

  private static final long HOUR_MILLIS = 3_600_000;
  private static final long READ_NANOS = 1_000_000;

  private final Ticker ticker;
  private final InstantSource clock;
  private final ZoneId zone;
  private final long origin;
  private volatile Periods periods = new Periods(this, 0, 0, 0, 0, 0);
  private volatile Wall wall;

  public Calendar(Ticker ticker, InstantSource clock, ZoneId zone) {
    this.ticker = ticker;
    this.clock = clock;
    this.zone = zone;
    this.origin = ticker.nanos();
    this.wall = read(0);
  }

  /** The present, read once for a whole decision. */
  public Moment now() {
    return at(ticker.nanos());
  }

  /** The present, which is this by the ticker. */
  public Moment at(long ticked) {
    long nanos = since(ticked);
    return new Moment(nanos, wall(nanos));
  }

  /** What the ticker says, in nanoseconds of a {@link Moment}. */
  public long since(long ticked) {
    return ticked - origin;
  }

  /** The present by the ticker alone. */
  public long nanos() {
    return since(ticker.nanos());
  }

  /** The windows that the present is in, which is this by the ticker. */
  Periods periodsOf(long nanos) {
    return wall(nanos).periods();
  }

  private Wall wall(long nanos) {
    Wall known = wall;
    long since = nanos - known.nanos();
    if (since < 0 || since >= READ_NANOS) {
      known = read(nanos);
      wall = known;
    }
    return known;
  }

  private Wall read(long nanos) {
    long millis = clock.millis();
    return new Wall(nanos, millis, periods(millis));
  }

  private Periods periods(long millis) {
    Periods known = periods;
    if (millis < known.from() || millis >= known.until()) {
      known = periodsAt(millis);
      periods = known;
    }
    return known;
  }

  public LocalDate day(Moment moment) {
    return LocalDate.ofEpochDay(moment.periods().day());
  }

  private Periods periodsAt(long millis) {
    ZonedDateTime at = Instant.ofEpochMilli(millis).atZone(zone);
    long from = at.truncatedTo(ChronoUnit.HOURS).toInstant().toEpochMilli();
    return new Periods(
        this,
        Math.floorDiv(from, HOUR_MILLIS),
        at.toLocalDate().toEpochDay(),
        at.getYear() * 12L + at.getMonthValue() - 1,
        from,
        from + HOUR_MILLIS);
  }

  /** The first millisecond of the period with this number. */
  long startOf(Period period, long number) {
    if (period == Period.HOUR) {
      Periods known = periods;
      return known.from() + (number - known.hour()) * HOUR_MILLIS;
    }
    LocalDate first =
        period == Period.DAY
            ? LocalDate.ofEpochDay(Math.min(number, LocalDate.MAX.toEpochDay() - 1))
            : LocalDate.of(
                (int) Math.floorDiv(number, 12L), (int) Math.floorMod(number, 12L) + 1, 1);
    return first.atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
