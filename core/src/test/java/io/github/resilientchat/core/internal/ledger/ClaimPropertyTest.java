package io.github.resilientchat.core.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.VirtualClock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Random arrivals, sizes, cancellations and settle times, over accounts of three scopes. */
class ClaimPropertyTest {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long HOUR = Duration.ofHours(1).toNanos();
  private static final ZoneId[] ZONES = {ZoneOffset.UTC, ZoneId.of("Asia/Kathmandu")};

  private final VirtualClock clock = new VirtualClock();

  /** What was let in, as an outsider sees it. */
  private record Event(long nanos, long millis, int user, long requests, long tokens, long money) {}

  private final class World {
    private final Calendar calendar;
    private final ZoneId zone;
    private final Account[] users = new Account[3];
    private final Account tenant;
    private final Account application;
    private final List<Event> events = new ArrayList<>();
    private final List<Claim> open = new ArrayList<>();
    private final List<Integer> index = new ArrayList<>();
    private long reserved;
    private long settled;
    private long givenBack;

    World(ZoneId zone, boolean guarded) {
      this.zone = zone;
      calendar = new Calendar(clock, clock, zone);
      Sheet user = sheet(5, 1_000, 40, 9_000, 3);
      for (int i = 0; i < users.length; i++) {
        users[i] = new Account(user);
      }
      tenant = new Account(sheet(8, 1_800, 70, 15_000, 5));
      application = new Account(sheet(9, 2_000, 80, 16_000, 6));
      if (guarded) {
        user.guardedBy(application);
        tenant.sheet().guardedBy(application);
        application.sheet().guardedBy(application);
      }
    }

    Claim claim(int user, long tokens) {
      Account[] all = {users[user], tenant, application};
      return new Claim(all, tokens, tokens * 3, calendar.now());
    }

    void step(Random random) {
      clock.advance(Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(90_000) : 500));
      int user = random.nextInt(users.length);
      long tokens = 1 + random.nextInt(1_000);
      Claim claim = claim(user, tokens);
      if (claim.take(null) == null) {
        reserved += tokens;
        Moment at = claim.at();
        events.add(new Event(at.nanos(), at.millis(), user, 1, tokens, tokens * 3));
        open.add(claim);
        index.add(events.size() - 1);
        assertThat(users[user].running()).isLessThanOrEqualTo(3);
        assertThat(tenant.running()).isLessThanOrEqualTo(5);
      }
      while (!open.isEmpty() && random.nextInt(3) > 0) {
        end(random);
      }
    }

    private void end(Random random) {
      int which = random.nextInt(open.size());
      Claim claim = open.remove(which);
      int event = index.remove(which);
      Event was = events.get(event);
      boolean cancelled = random.nextInt(4) == 0;
      long used = cancelled ? 0 : random.nextInt((int) claim.tokens() + 1);
      assertThat(claim.end(used, used * 3, cancelled)).isTrue();
      assertThat(claim.end(0, 0, true)).isFalse();
      settled += used;
      givenBack += claim.tokens() - used;
      events.set(
          event,
          new Event(was.nanos(), was.millis(), was.user(), cancelled ? 0 : 1, used, used * 3));
    }

    /** Checked at each arrival, since no window is fuller than one that ends with one. */
    void check() {
      for (Event last : events) {
        for (int user = -1; user < users.length; user++) {
          long perMinute = sum(last, user, MINUTE, Event::tokens);
          long perHour = sum(last, user, HOUR, Event::tokens);
          assertThat(sum(last, user, MINUTE, Event::requests))
              .isLessThanOrEqualTo(user < 0 ? 8 : 5);
          assertThat(sum(last, user, HOUR, Event::requests))
              .isLessThanOrEqualTo(user < 0 ? 70 : 40);
          assertThat(perMinute).isLessThanOrEqualTo(user < 0 ? 1_800 : 1_000);
          assertThat(perHour).isLessThanOrEqualTo(user < 0 ? 15_000 : 9_000);
          assertThat(money(last, user)).isLessThanOrEqualTo(user < 0 ? 60_000 : 30_000);
        }
      }
      long live = open.stream().mapToLong(Claim::tokens).sum();
      assertThat(settled + givenBack + live).isEqualTo(reserved);
      assertThat(tenant.running()).isEqualTo(open.size());
    }

    private long sum(Event last, int user, long window, ToLongFunction<Event> units) {
      return events.stream()
          .filter(event -> user < 0 || event.user() == user)
          .filter(event -> event.nanos() <= last.nanos() && event.nanos() > last.nanos() - window)
          .mapToLong(units)
          .sum();
    }

    private long money(Event last, int user) {
      return events.stream()
          .filter(event -> user < 0 || event.user() == user)
          .filter(event -> day(event).equals(day(last)))
          .mapToLong(Event::money)
          .sum();
    }

    private java.time.LocalDate day(Event event) {
      return java.time.Instant.ofEpochMilli(event.millis()).atZone(zone).toLocalDate();
    }
  }

  private static Sheet sheet(long rpm, long tpm, long rph, long tph, long par) {
    return Sheet.builder()
        .sliding(Counted.REQUESTS, rpm, MINUTE)
        .sliding(Counted.TOKENS, tpm, MINUTE)
        .sliding(Counted.REQUESTS, rph, HOUR)
        .sliding(Counted.TOKENS, tph, HOUR)
        .calendar(Counted.MONEY, tpm == 1_000 ? 30_000 : 60_000, Period.DAY)
        .slots(par)
        .build();
  }

  @Property(tries = 200)
  void noWindowOfAnyScopeHoldsMoreThanItsLimitAndNothingIsLost(
      @ForAll @LongRange long seed, @ForAll @IntRange(min = 10, max = 300) int steps) {
    Random random = new Random(seed);
    World world = new World(ZONES[random.nextInt(ZONES.length)], random.nextBoolean());
    for (int step = 0; step < steps; step++) {
      world.step(random);
    }
    world.check();
  }

  @Property(tries = 300)
  void theWaitThatARefusalNamesIsExactlyEnough(
      @ForAll @LongRange long seed, @ForAll @IntRange(min = 1, max = 60) int steps) {
    Random random = new Random(seed);
    World world = new World(ZONES[random.nextInt(ZONES.length)], random.nextBoolean());
    for (int step = 0; step < steps; step++) {
      world.step(random);
    }
    // Debts too: some calls use far more than they reserved.
    for (Claim claim : world.open) {
      claim.end(claim.tokens() + random.nextInt(8_000), 0, false);
    }
    long tokens = 1 + random.nextInt(1_000);
    Shortage shortage = world.claim(0, tokens).take(null);
    if (shortage != null) {
      clock.advance(Duration.ofNanos(shortage.waitNanos() - 1));
      Shortage still = world.claim(0, tokens).take(null);
      assertThat(still).isNotNull();
      // The wall clock has milliseconds only.
      assertThat(still.waitNanos()).isLessThanOrEqualTo(1_000_000);
      clock.advance(Duration.ofNanos(still.waitNanos()));
      assertThat(world.claim(0, tokens).take(null)).isNull();
    }
  }

  @Property(tries = 200)
  void aDebtIsPaidAtTheLimitsRateAndNeverForgottenByIdling(
      @ForAll @LongRange(min = 1, max = 100_000) long debt,
      @ForAll @IntRange(min = 1, max = 200_000) int lookAfterMillis) {
    Calendar calendar = new Calendar(clock, clock, ZoneOffset.UTC);
    Sheet sheet = Sheet.builder().sliding(Counted.TOKENS, 1_000, MINUTE).build();
    Account watched = new Account(sheet);
    Account idle = new Account(sheet);
    for (Account account : List.of(watched, idle)) {
      Claim claim = new Claim(new Account[] {account}, 1_000, 0, calendar.now());
      assertThat(claim.take(null)).isNull();
      claim.end(1_000 + debt, 0, false);
      assertThat(account.used(0, calendar.now())).isEqualTo(1_000 + debt);
    }
    long wait = idle.waitFor(0, 1_000, calendar.now());
    long windows = (debt + 1_999) / 1_000;
    assertThat(wait).isEqualTo(windows * 65_000_000_000L);

    long end = clock.nanos() + wait;
    while (clock.nanos() + lookAfterMillis * 1_000_000L < end) {
      clock.advance(Duration.ofMillis(lookAfterMillis));
      // Looking changes nothing.
      assertThat(watched.waitFor(0, 1_000, calendar.now())).isEqualTo(end - clock.nanos());
    }
    clock.advance(Duration.ofNanos(end - clock.nanos()));
    assertThat(idle.used(0, calendar.now())).isZero();
    assertThat(watched.used(0, calendar.now())).isZero();
  }
}
