package io.github.resilientchat.core.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Months of calls, by the calendars of zones that set their clocks forward and back. */
class CalendarPropertyTest {

  private static final ZoneId[] ZONES = {
    ZoneOffset.UTC,
    ZoneId.of("America/New_York"),
    ZoneId.of("Asia/Kathmandu"),
    ZoneId.of("Australia/Lord_Howe"),
    ZoneId.of("Pacific/Chatham")
  };
  private static final long PER_HOUR = 900;
  private static final long PER_DAY = 5_000;
  private static final long PER_MONTH = 60_000;
  private static final long REQUESTS_A_DAY = 40;

  private final VirtualClock clock = new VirtualClock();
  private Duration setBack = Duration.ZERO;
  private final InstantSource wall = () -> clock.instant().minus(setBack);

  /** What was let in, as an outsider sees it. */
  private record Event(Instant at, long requests, long money) {}

  private final class World {
    private final ZoneId zone;
    private final Calendar calendar;
    private final Account account =
        new Account(
            Sheet.builder()
                .calendar(Counted.MONEY, PER_HOUR, Period.HOUR)
                .calendar(Counted.MONEY, PER_DAY, Period.DAY)
                .calendar(Counted.REQUESTS, REQUESTS_A_DAY, Period.DAY)
                .calendar(Counted.MONEY, PER_MONTH, Period.MONTH)
                .build());
    private final List<Event> events = new ArrayList<>();
    private final List<Claim> open = new ArrayList<>();
    private final List<Integer> index = new ArrayList<>();

    World(ZoneId zone) {
      this.zone = zone;
      this.calendar = new Calendar(clock, wall, zone);
    }

    void step(Random random) {
      long minutes = random.nextInt(6) == 0 ? random.nextInt(2 * 24 * 60) : random.nextInt(12);
      clock.advance(Duration.ofMinutes(minutes));
      long money = 1 + random.nextInt(400);
      Claim claim = new Claim(new Account[] {account}, 0, money, calendar.now());
      if (claim.take(null) == null) {
        events.add(new Event(wall.instant(), 1, money));
        open.add(claim);
        index.add(events.size() - 1);
      }
      while (!open.isEmpty() && random.nextInt(3) > 0) {
        end(random);
      }
    }

    /** Perhaps when the hour, or the day, in which it was let in is over. */
    private void end(Random random) {
      int which = random.nextInt(open.size());
      Claim claim = open.remove(which);
      Event was = events.get(index.get(which));
      boolean cancelled = random.nextInt(4) == 0;
      long used = cancelled ? 0 : random.nextInt((int) claim.money() + 1);
      claim.end(0, used, cancelled);
      events.set(index.remove(which), new Event(was.at(), cancelled ? 0 : 1, used));
    }

    void check() {
      check("hour", PER_HOUR, at -> at.truncatedTo(ChronoUnit.HOURS).toInstant(), Event::money);
      check("day", PER_DAY, ZonedDateTime::toLocalDate, Event::money);
      check("day", REQUESTS_A_DAY, ZonedDateTime::toLocalDate, Event::requests);
      check("month", PER_MONTH, at -> at.getYear() + "-" + at.getMonthValue(), Event::money);
    }

    private void check(
        String what,
        long most,
        Function<ZonedDateTime, Object> window,
        ToLongFunction<Event> units) {
      Map<String, Long> held = new TreeMap<>();
      for (Event event : events) {
        String key = what + " " + window.apply(event.at().atZone(zone));
        held.merge(key, units.applyAsLong(event), Long::sum);
      }
      assertThat(held.values()).allMatch(sum -> sum <= most, "at most " + most + ": " + held);
    }
  }

  @Property(tries = 150)
  void noHourDayOrMonthHoldsMoreThanItsLimit(
      @ForAll @LongRange long seed, @ForAll @IntRange(min = 50, max = 600) int steps) {
    Random random = new Random(seed);
    World world = new World(ZONES[random.nextInt(ZONES.length)]);
    clock.advance(Duration.ofHours(random.nextInt(365 * 24)));
    for (int step = 0; step < steps; step++) {
      world.step(random);
    }
    world.check();
  }

  /** The wall clock is read once a millisecond, so that time passes before it is set. */
  @Property(tries = 100)
  void aClockThatIsSetBackBeginsNoPeriodAgain(
      @ForAll @LongRange long seed, @ForAll @IntRange(min = 10, max = 200) int steps) {
    Random random = new Random(seed);
    Calendar calendar = new Calendar(clock, wall, ZoneOffset.UTC);
    Account account =
        new Account(Sheet.builder().calendar(Counted.REQUESTS, REQUESTS_A_DAY, Period.DAY).build());
    long latest = Long.MIN_VALUE;
    long begun = 0;
    long granted = 0;
    for (int step = 0; step < steps; step++) {
      clock.advance(Duration.ofMinutes(1 + random.nextInt(120)));
      if (random.nextInt(5) == 0) {
        setBack = Duration.ofMinutes(random.nextInt(3 * 24 * 60));
      }
      long day = wall.instant().atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
      begun += day > latest ? 1 : 0;
      latest = Math.max(latest, day);
      for (int call = 0; call < 10; call++) {
        granted +=
            new Claim(new Account[] {account}, 0, 0, calendar.now()).take(null) == null ? 1 : 0;
      }
    }
    assertThat(granted).isLessThanOrEqualTo(begun * REQUESTS_A_DAY);
  }
}
