package io.github.resilientchat.redis;

import static io.github.resilientchat.redis.Asked.admit;
import static io.github.resilientchat.redis.Asked.answer;
import static io.github.resilientchat.redis.Asked.call;
import static io.github.resilientchat.redis.Asked.granted;
import static io.github.resilientchat.redis.Asked.refusal;
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
import io.github.resilientchat.core.quota.OnExceeded;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.QuotaEvent;
import io.github.resilientchat.core.quota.QuotaListener;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.quota.Scope;
import io.github.resilientchat.core.quota.SharedStore;
import io.github.resilientchat.core.quota.Tariff;
import io.github.resilientchat.core.quota.UsageEvent;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What callers' quotas promise, wherever their accounts are kept. */
abstract class QuotaContract {

  private static final Prices PRICES = new Prices(1, 5);

  final VirtualClock clock = new VirtualClock();
  private final List<QuotaEvent> events = new ArrayList<>();
  private final List<UsageEvent> used = new ArrayList<>();

  /** Where accounts are kept; null for memory. Blank at the start of each test. */
  abstract @Nullable SharedStore store(ZoneId zone);

  private PlanQuotas quotas(String limits) {
    return builder().limits(Limits.parse(limits)).build();
  }

  private PlanQuotas.Builder builder() {
    return builder(ZoneOffset.UTC);
  }

  private PlanQuotas.Builder builder(ZoneId zone) {
    return PlanQuotas.builder()
        .ticker(clock)
        .clock(clock)
        .zone(zone)
        .store(store(zone))
        .listener(
            new QuotaListener() {
              @Override
              public void onLimit(QuotaEvent event) {
                events.add(event);
              }

              @Override
              public void onUsage(UsageEvent event) {
                used.add(event);
              }
            });
  }

  private static CallerQuotas over(PlanQuotas quotas, String route) {
    return quotas.over(new Tariff(route, PRICES, List.of()));
  }

  private static Bill bill(Usage usage) {
    return Bill.of(List.of(new Charge("t", "model", PRICES, usage, false)), false);
  }

  /** Until the store has heard of all that is over. */
  private static void settled(PlanQuotas quotas) {
    Eventually.until(() -> quotas.store().map(state -> state.untold() == 0).orElse(true));
  }

  @Test
  void everyScopeMustLetPassAndARefusalTakesNothingFromAny() {
    PlanQuotas quotas =
        builder()
            .limits(Limits.parse("3rpm"))
            .tenantLimits(Limits.parse("4rpm"))
            .routeLimits("chat", Limits.parse("5rpm"))
            .applicationLimits(Limits.parse("6rpm"))
            .build();
    CallerQuotas chat = over(quotas, "chat");
    Caller ann = Caller.of("ann", "acme");
    Caller bob = Caller.of("bob", "acme");
    for (int i = 0; i < 3; i++) {
      granted(chat.admit(call(ann, 1)));
    }
    assertThat(refusal(chat.admit(call(ann, 1)))).isEqualTo("user default 3rpm");
    granted(chat.admit(call(bob, 1)));
    assertThat(refusal(chat.admit(call(bob, 1)))).isEqualTo("tenant tenant 4rpm");
    granted(chat.admit(call(Caller.of("ann", "other"), 1)));
    assertThat(refusal(chat.admit(call("eve")))).isEqualTo("route chat 5rpm");
    granted(over(quotas, "batch").admit(call("eve")));
    assertThat(refusal(over(quotas, "batch").admit(call("eve"))))
        .isEqualTo("application application 6rpm");
    clock.advance(Duration.ofSeconds(65));
    granted(chat.admit(call(bob, 1)));
    assertThat(quotas.standings(bob, "chat"))
        .extracting(standing -> standing.scope() + " " + standing.left())
        .containsExactly("user 2", "tenant 3", "route 4", "application 5");
  }

  @Test
  void usersOfOneNameInTwoTenantsHaveTwoAccounts() {
    CallerQuotas quotas = quotas("1rpm");
    granted(quotas.admit(call(Caller.of("ann", "a"), 1)));
    granted(quotas.admit(call(Caller.of("ann", "b"), 1)));
    granted(quotas.admit(call("ann")));
    assertThat(refusal(quotas.admit(call(Caller.of("ann", "a"), 1)))).contains("1rpm");
  }

  @Test
  void zeroBlocksAndSaysThatNoWaitHelps() {
    assertThat(admit(quotas("0rpm 5tpm"), call("ann")))
        .isEqualTo(new Admission.NeverFits(Scope.USER, "default", "0rpm"));
  }

  @Test
  void whatIsTakenIsBackWhenItsTwelfthHasLeftTheWindow() {
    CallerQuotas quotas = quotas("2rpm");
    granted(quotas.admit(call("ann")));
    clock.advance(Duration.ofSeconds(31));
    granted(quotas.admit(call("ann")));
    assertThat(admit(quotas, call("ann")))
        .isEqualTo(new Admission.Refused("default", "2rpm", Duration.ofSeconds(34)));
    clock.advance(Duration.ofSeconds(34));
    granted(quotas.admit(call("ann")));
    assertThat(admit(quotas, call("ann"))).isInstanceOf(Admission.Refused.class);
  }

  @Test
  void whatWasUsedReplacesWhatWasReservedAndMoreIsADebt() {
    PlanQuotas quotas = quotas("100tpm");
    granted(quotas.admit(call(Caller.user("ann"), 80))).settle(30);
    settled(quotas);
    granted(quotas.admit(call(Caller.user("ann"), 70))).settle(270);
    settled(quotas);
    assertThat(quotas.standings(Caller.user("ann"), "").get(0).left()).isEqualTo(-200);
    // Three windows until all of it is paid.
    assertThat(admit(quotas, call(Caller.user("ann"), 1)))
        .isEqualTo(new Admission.Refused("default", "100tpm", Duration.ofSeconds(195)));
    clock.advance(Duration.ofSeconds(195));
    granted(quotas.admit(call(Caller.user("ann"), 100)));
  }

  @Test
  void whatWasNotUsedIsGivenBackWithTheRequest() {
    PlanQuotas quotas = quotas("1rpm 100tpm 1rpd");
    granted(quotas.admit(call(Caller.user("ann"), 100))).giveBack();
    settled(quotas);
    granted(quotas.admit(call(Caller.user("ann"), 100)));
  }

  @Test
  void callsAtATimeAreFreeWhenTheyEndHoweverTheyDo() {
    PlanQuotas quotas = quotas("2par");
    Reservation first = granted(quotas.admit(call("ann")));
    Reservation second = granted(quotas.admit(call("ann")));
    assertThat(admit(quotas, call("ann")))
        .isEqualTo(new Admission.Refused("default", "2par", Duration.ofSeconds(1)));
    first.keep();
    first.giveBack();
    settled(quotas);
    granted(quotas.admit(call("ann")));
    assertThat(admit(quotas, call("ann"))).isInstanceOf(Admission.Refused.class);
    second.settle(3);
    settled(quotas);
    granted(quotas.admit(call("ann")));
  }

  @Test
  void moneyIsReservedAtTheDearestPriceAndSettledToWhatItCost() {
    PlanQuotas quotas = quotas("1usd/d");
    CallerQuotas chat = over(quotas, "chat");
    Caller ann = Caller.user("ann");
    Reservation first =
        granted(chat.admit(ModelCall.blocking(ann, new TokenEstimate(100_000, 100_000))));
    assertThat(quotas.standings(ann, "chat").get(0).used()).isEqualTo(625_000_000);
    first.settle(bill(new Usage(10_000, 20_000, 40_000, 8_000)));
    settled(quotas);
    assertThat(quotas.standings(ann, "chat").get(0).used()).isEqualTo(160_000_000);
    assertThat(used).extracting(UsageEvent::nanoUsd).containsExactly(160_000_000L);
    assertThat(admit(chat, ModelCall.blocking(ann, new TokenEstimate(100_000, 200_000))))
        .isInstanceOf(Admission.NeverFits.class);
    assertThat(admit(chat, ModelCall.blocking(ann, new TokenEstimate(100_000, 170_000))))
        .isEqualTo(new Admission.Refused(Scope.USER, "default", "1usd/d", Duration.ofHours(23)));
  }

  @Test
  void daysBeginInTheZone() {
    CallerQuotas quotas =
        builder(ZoneId.of("America/New_York")).limits(Limits.parse("1rpd")).build();
    granted(quotas.admit(call("ann")));
    // It is one o'clock in UTC, eight in the evening before in New York.
    assertThat(((Admission.Refused) admit(quotas, call("ann"))).retryAfter())
        .isEqualTo(Duration.ofHours(4));
    clock.advance(Duration.ofHours(4));
    granted(quotas.admit(call("ann")));
  }

  @Test
  void sharesOfALimitAreToldOnceInAWindow() {
    PlanQuotas quotas = quotas("100tpm 10rpd");
    for (int i = 0; i < 4; i++) {
      granted(quotas.admit(call(Caller.user("ann"), 25)));
    }
    assertThat(events).extracting(QuotaEvent::percent).containsExactly(50, 80, 95, 100);
    assertThat(events).extracting(event -> event.limit().toString()).containsOnly("100tpm");
    clock.advance(Duration.ofSeconds(70));
    granted(quotas.admit(call(Caller.user("ann"), 60)));
    assertThat(events.subList(4, events.size()))
        .extracting(event -> event.limit() + " " + event.percent())
        .containsExactly("100tpm 50", "10rpd 50");
  }

  @Test
  void eachCallThatWasLetInIsToldOnceHoweverOftenItIsEnded() {
    CallerQuotas chat = over(quotas("1ktpm 1usd/d"), "chat");
    Reservation kept = granted(chat.admit(call(Caller.user("ann"), 400)));
    kept.keep();
    kept.settle(bill(Usage.of(1, 1)));
    kept.giveBack();
    granted(chat.admit(call(Caller.user("ann"), 500))).giveBack();
    assertThat(used).extracting(UsageEvent::tokens).containsExactly(400L, 0L);
  }

  @Test
  void whoWaitsIsLetInInTurnAndNobodyPassesHer() {
    PlanQuotas quotas =
        builder()
            .limits(Limits.parse("2rpm"))
            .onExceeded(new OnExceeded.Wait(Duration.ofMinutes(3)))
            .build();
    granted(quotas.admit(call("ann")));
    granted(quotas.admit(call("ann")));
    Admission.Later first = (Admission.Later) admit(quotas, call("ann"));
    Admission.Later second = (Admission.Later) admit(quotas, call("ann"));
    Admission.Later third = (Admission.Later) admit(quotas, call("ann"));
    assertThat(first.delay()).isEqualTo(Duration.ofSeconds(65));
    assertThat(second.delay()).isGreaterThan(first.delay());

    clock.advance(second.delay());
    assertThat(answer(third.turn().again())).isInstanceOf(Admission.Later.class);
    assertThat(answer(second.turn().again())).isInstanceOf(Admission.Later.class);
    granted(first.turn().again());
    second.turn().leave();
    second.turn().leave();
    granted(third.turn().again());
    assertThat(admit(quotas, call("ann"))).isInstanceOf(Admission.Later.class);
    granted(quotas.admit(call("bob")));
  }

  @Test
  void aWaitLongerThanAllowedIsARefusalAtOnce() {
    CallerQuotas quotas =
        builder()
            .limits(Limits.parse("1rpm"))
            .onExceeded(new OnExceeded.Wait(Duration.ofSeconds(10)))
            .build();
    granted(quotas.admit(call("ann")));
    assertThat(admit(quotas, call("ann"))).isInstanceOf(Admission.Refused.class);
    clock.advance(Duration.ofSeconds(56));
    assertThat(admit(quotas, call("ann"))).isInstanceOf(Admission.Later.class);
  }

  @Test
  void aPlanMaySendItsCallsOverAnotherRoute() {
    CallerQuotas chat =
        over(
            builder()
                .limits(Limits.parse("1rpm"))
                .onExceeded(new OnExceeded.Degrade("mini"))
                .build(),
            "chat");
    granted(chat.admit(call("ann")));
    assertThat(((Admission.Elsewhere) admit(chat, call("ann"))).route()).isEqualTo("mini");
  }

  @Test
  void longAndStrangeNamesAreNobodyElses() {
    PlanQuotas quotas = quotas("1rpm");
    String name = "x".repeat(2_000);
    for (String who :
        List.of(name + "a", name + "b", name + "\ud800", name + "\udbff", "", "{x}")) {
      granted(quotas.admit(call(Caller.user(who.isEmpty() ? "}" : who), 1)));
    }
    assertThat(admit(quotas, call(Caller.user(name + "a"), 1)))
        .isInstanceOf(Admission.Refused.class);
  }
}
