package io.github.resilientchat.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What calls reserve, and what they are charged in the end. */
class ReservedUseTest extends AskedQuotas {

  private final List<UsageEvent> used = new ArrayList<>();

  private PlanQuotas.Builder quotas() {
    return quotas(
        new QuotaListener() {
          @Override
          public void onUsage(UsageEvent event) {
            used.add(event);
          }
        });
  }

  private static Bill bill(Usage usage) {
    return new Charge("t", "model", PRICES, usage, false);
  }

  @Test
  void aRequestWithoutAnOutputLimitReservesWhatFitsAndNoMore() {
    PlanQuotas quotas = quotas().limits(Limits.parse("3ktpm")).build();
    ModelCall picture =
        ModelCall.blocking(Caller.user("ann"), new TokenEstimate(1_600, 4_096, false));
    granted(quotas.admit(picture));
    assertThat(quotas.admit(picture)).isInstanceOf(Admission.Refused.class);
    ModelCall document =
        ModelCall.blocking(Caller.user("bob"), new TokenEstimate(150_000, 4_096, false));
    assertThat(quotas.admit(document)).isInstanceOf(Admission.NeverFits.class);
  }

  @Test
  void answersTeachHowMuchARouteReserves() {
    PlanQuotas quotas = quotas().limits(Limits.parse("1mtpm")).build();
    CallerQuotas chat = over(quotas, "chat");
    Caller ann = Caller.user("ann");
    ModelCall openEnded = ModelCall.blocking(ann, new TokenEstimate(100, 4_096, false));
    for (int i = 0; i < 40; i++) {
      granted(chat.admit(openEnded)).settle(bill(Usage.of(200, 300)));
    }
    clock.advance(Duration.ofHours(1));
    granted(chat.admit(openEnded));
    long learnt = quotas.standings(ann, "chat").get(0).used();
    // Answers of 300 tokens; the target makes twice as many tokens of a prompt as estimated.
    assertThat(learnt).isBetween(100L + 300, 200L + 400);

    granted(over(quotas, "other").admit(openEnded));
    assertThat(quotas.standings(ann, "chat").get(0).used()).isEqualTo(learnt + 4_196);
  }

  @Test
  void moneyIsReservedAtTheDearestPriceAndSettledToWhatItCost() {
    PlanQuotas quotas = quotas().limits(Limits.parse("1usd/d")).build();
    CallerQuotas chat = over(quotas, "chat");
    Caller ann = Caller.user("ann");
    // 100,000 tokens at 5 dollars a million, and as many of input at 1.25, written to a cache.
    Reservation first =
        granted(chat.admit(ModelCall.blocking(ann, new TokenEstimate(100_000, 100_000))));
    assertThat(quotas.standings(ann, "chat").get(0).used()).isEqualTo(625_000_000);
    first.settle(bill(new Usage(10_000, 20_000, 40_000, 8_000)));
    // 0.01 + 0.1 + 0.04 + 0.01
    assertThat(quotas.standings(ann, "chat").get(0).used()).isEqualTo(160_000_000);
    assertThat(used).hasSize(1);
    assertThat(used.get(0).nanoUsd()).isEqualTo(160_000_000);
    assertThat(used.get(0).estimated()).isFalse();

    assertThat(chat.admit(ModelCall.blocking(ann, new TokenEstimate(100_000, 200_000))))
        .isInstanceOf(Admission.NeverFits.class);
    assertThat(chat.admit(ModelCall.blocking(ann, new TokenEstimate(100_000, 170_000))))
        .isEqualTo(new Admission.Refused(Scope.USER, "default", "1usd/d", Duration.ofHours(23)));
  }

  @Test
  void usageIsCountedByDayCallerRouteAndModel() {
    UsageBook book = new UsageBook(2, 2);
    PlanQuotas quotas = PlanQuotas.builder().ticker(clock).clock(clock).listener(book).build();
    CallerQuotas chat = over(quotas, "chat");
    LocalDate day = LocalDate.of(2026, 1, 1);
    granted(chat.admit(call("ann"))).settle(bill(new Usage(1, 2, 3, 4)));
    granted(chat.admit(call("ann"))).settle(bill(new Usage(10, 20, 30, 40)));
    granted(chat.admit(call("ann"))).giveBack();
    assertThat(book.on(day, null, "ann"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.who().route()).isEqualTo("chat");
              assertThat(row.attempts()).isEqualTo(2);
              assertThat(row.tokens()).isEqualTo(new Usage(11, 22, 33, 44));
            });
    for (int user = 0; user < 50; user++) {
      granted(chat.admit(call("user" + user))).settle(bill(Usage.of(1, 0)));
    }
    assertThat(book.on(day)).hasSize(3);
    assertThat(book.on(day, null, UsageReader.Key.OTHERS).get(0).attempts()).isEqualTo(49);
    for (int days = 0; days < 5; days++) {
      clock.advance(Duration.ofDays(1));
      granted(chat.admit(call("ann"))).settle(bill(Usage.of(1, 0)));
    }
    assertThat(book.days()).containsExactly(day.plusDays(5), day.plusDays(4));
  }

  @Test
  void eachCallThatWasLetInIsToldOnceHoweverOftenItIsEnded() {
    CallerQuotas chat = over(quotas().limits(Limits.parse("1ktpm 1usd/d")).build(), "chat");
    Reservation kept = granted(chat.admit(call(Caller.user("ann"), 400)));
    kept.keep();
    kept.settle(bill(Usage.of(1, 1)));
    kept.giveBack();
    granted(chat.admit(call(Caller.user("ann"), 500))).giveBack();
    chat.admit(call(Caller.user("ann"), 700));

    assertThat(used).extracting(UsageEvent::tokens).containsExactly(400L, 0L);
    assertThat(used.get(0).estimated()).isTrue();
    assertThat(used.get(0).nanoUsd()).isPositive();
  }

  @Test
  void cacheTokensCountByTheirWeights() {
    PlanQuotas quotas =
        quotas().limits(Limits.parse("1mtpm")).weights(new TokenWeights(0.1, 1.25)).build();
    granted(quotas.admit(call("ann"))).settle(bill(new Usage(100, 50, 1_000, 400)));
    assertThat(quotas.standings(Caller.user("ann"), "").get(0).used()).isEqualTo(750);
  }
}
