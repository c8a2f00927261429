package io.github.resilientchat.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Bill;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.Charge;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.QuotaEvent;
import io.github.resilientchat.core.quota.QuotaListener;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.quota.SharedStore;
import io.github.resilientchat.core.quota.Standing;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same calls at the same moments, against this process's memory and against Redis: every answer
 * is the same, to the unit and the microsecond, and so is what callers are told.
 */
class SameDecisionsTest {

  private static final Prices PRICES = new Prices(1, 5);
  private static final int STEPS = 1_500;

  private static EmbeddedRedis redis;

  private final VirtualClock clock = new VirtualClock();

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  private final class Side {
    private final List<String> events = new ArrayList<>();
    private final List<Reservation> running = new ArrayList<>();
    private final PlanQuotas quotas;
    private final CallerQuotas chat;
    private final CallerQuotas batch;

    Side(Random amounts, @Nullable SharedStore store) {
      quotas =
          PlanQuotas.builder()
              .limits(Limits.parse(amounts.nextInt(2, 9) + "rpm 300tpm 5par 900tph 40rpd"))
              .tenantLimits(Limits.parse("12rpm 2usd/h 20ktpd"))
              .routeLimits("chat", Limits.parse("30rph 5usd/d"))
              .applicationLimits(Limits.parse("13par 20usd/mo 45rph"))
              .zone(ZoneId.of("America/New_York"))
              .ticker(clock)
              .clock(clock)
              .store(store)
              .fairShares(false)
              .listener(
                  new QuotaListener() {
                    @Override
                    public void onLimit(QuotaEvent event) {
                      events.add(
                          event.scope()
                              + " "
                              + event.limit()
                              + " "
                              + event.percent()
                              + " "
                              + event.used());
                    }
                  })
              .build();
      chat = quotas.over(new io.github.resilientchat.core.quota.Tariff("chat", PRICES, List.of()));
      batch =
          quotas.over(new io.github.resilientchat.core.quota.Tariff("batch", PRICES, List.of()));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void redisDecidesAsMemoryDoes(long seed) {
    RedisQuotaStore store =
        RedisQuotaStore.over(redis.client())
            .prefix("same-" + seed)
            .zone(ZoneId.of("America/New_York"))
            .lease(Duration.ofDays(300))
            .micros(clock::micros)
            .patience(Duration.ofMinutes(1))
            .build();
    Random random = new Random(seed);
    Side memory = new Side(new Random(seed), null);
    Side shared =
        new Side(new Random(seed), new SharedStore(store, Map.of(), 1, Duration.ofSeconds(10)));
    List<Caller> callers =
        List.of(
            Caller.user("ann"),
            Caller.of("ann", "acme"),
            Caller.of("bob", "acme"),
            Caller.of("cat", "other"));
    // One call each that never ends: an account that memory gives up in between may tell twice.
    for (Caller caller : callers) {
      Asked.granted(memory.chat.admit(Asked.call(caller, 1)));
      Asked.granted(shared.chat.admit(Asked.call(caller, 1)));
    }
    int granted = 0;
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(4) == 0) {
        clock.advance(pause(random));
      }
      String at = "seed " + seed + ", step " + step;
      if (random.nextInt(5) < 2 && !memory.running.isEmpty()) {
        end(random, memory, shared);
      } else {
        Caller caller = callers.get(random.nextInt(callers.size()));
        long tokens = random.nextInt(8) == 0 ? random.nextInt(350) : random.nextInt(60);
        ModelCall call =
            ModelCall.blocking(caller, new TokenEstimate(tokens, random.nextInt(1, 40)));
        boolean chat = random.nextBoolean();
        Admission here = (chat ? memory.chat : memory.batch).admit(call);
        Admission there = Asked.admit(chat ? shared.chat : shared.batch, call);
        if (here instanceof Admission.Granted one) {
          granted++;
          assertThat(there).as(at).isInstanceOf(Admission.Granted.class);
          memory.running.add(one.reservation());
          shared.running.add(((Admission.Granted) there).reservation());
        } else {
          assertThat(there).as(at).isEqualTo(here);
        }
        if (there instanceof Admission.NeverFits) {
          continue;
        }
        assertThat(standings(shared, caller, chat))
            .as(at)
            .isEqualTo(standings(memory, caller, chat));
      }
    }
    assertThat(granted).isGreaterThan(STEPS / 10);
    shared.quotas.admit(Asked.call("last"));
    // What an end reaches is told by the next call.
    assertThat(shared.events).containsExactlyInAnyOrderElementsOf(memory.events);
    store.close();
  }

  @Test
  void whatIsOwedUnderALimitOfNothingIsPaidAlikeWhenItIsRaised() {
    RedisQuotaStore store =
        RedisQuotaStore.over(redis.client())
            .prefix("raised")
            .micros(clock::micros)
            .patience(Duration.ofMinutes(1))
            .build();
    PlanQuotas memory = limited("1ktpm", null).build();
    PlanQuotas shared =
        limited("1ktpm", new SharedStore(store, Map.of(), 1, Duration.ofSeconds(10))).build();
    List<PlanQuotas> sides = List.of(memory, shared);
    List<Reservation> streams = sides.stream().map(side -> Asked.granted(ask(side, 500))).toList();
    sides.forEach(side -> side.amend(limited("0tpm", null), false));
    clock.advance(Duration.ofSeconds(65));
    streams.forEach(stream -> stream.settle(700));
    Eventually.until(() -> shared.store().orElseThrow().untold() == 0);
    sides.forEach(side -> side.amend(limited("1ktpm", null), false));

    Admission here = ask(memory, 900);
    assertThat(here).isInstanceOf(Admission.Refused.class);
    assertThat(ask(shared, 900)).isEqualTo(here);

    Duration wait = ((Admission.Refused) here).retryAfter();
    clock.advance(wait);
    sides.forEach(side -> Asked.granted(ask(side, 900)));
    store.close();
  }

  private PlanQuotas.Builder limited(String limits, @Nullable SharedStore store) {
    return PlanQuotas.builder()
        .limits(Limits.parse(limits))
        .ticker(clock)
        .clock(clock)
        .store(store)
        .fairShares(false);
  }

  private static Admission ask(PlanQuotas quotas, long tokens) {
    CallerQuotas chat =
        quotas.over(new io.github.resilientchat.core.quota.Tariff("chat", null, List.of()));
    return Asked.admit(chat, Asked.call(Caller.user("ann"), tokens));
  }

  private static List<Standing> standings(Side side, Caller caller, boolean chat) {
    return side.quotas.standings(caller, chat ? "chat" : "batch");
  }

  private static Duration pause(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> Duration.ofMillis(random.nextInt(30_000_000));
      case 1 -> Duration.ofMillis(random.nextInt(4_000_000));
      case 2, 3 -> Duration.ofNanos(random.nextInt(1_000_000_000));
      default -> Duration.ofMillis(random.nextInt(20_000));
    };
  }

  private static void end(Random random, Side memory, Side shared) {
    int which = random.nextInt(memory.running.size());
    Reservation here = memory.running.remove(which);
    Reservation there = shared.running.remove(which);
    Bill bill =
        switch (random.nextInt(5)) {
          case 0 -> Bill.NOTHING;
          case 1 -> Bill.UNKNOWN;
          default -> {
            int scale = random.nextInt(10) == 0 ? 2_000 : 60;
            Usage usage = Usage.of(random.nextInt(scale), random.nextInt(scale));
            yield Bill.of(List.of(new Charge("t", "m", PRICES, usage, true)), false);
          }
        };
    here.settle(bill);
    there.settle(bill);
    Eventually.until(() -> shared.quotas.store().orElseThrow().untold() == 0);
  }
}
