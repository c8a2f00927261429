package io.github.resilientchat.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What quotas do in this process's memory; what they do anywhere is the stores' contract. */
class PlanQuotasTest extends AskedQuotas {

  private final List<String> overflows = new ArrayList<>();

  private PlanQuotas.Builder quotas() {
    return quotas(
        new QuotaListener() {
          @Override
          public void onOverflow(Scope scope, String plan) {
            overflows.add(scope + " " + plan);
          }
        });
  }

  private static String refusal(Admission admission) {
    assertThat(admission).isInstanceOf(Admission.Full.class);
    Admission.Full full = (Admission.Full) admission;
    return full.scope() + " " + full.plan() + " " + full.limit();
  }

  @Test
  void everyScopeMustLetPassAndARefusalTakesNothingFromAny() {
    PlanQuotas quotas =
        quotas()
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

    assertThat(quotas.standings(bob, "chat"))
        .extracting(standing -> standing.scope() + " " + standing.left())
        .containsExactly("user 2", "tenant 0", "route 0", "application 0");
  }

  @Test
  void theUsersPlanComesBeforeTheGroupsTheTenantsTheRoutesAndTheDefault() {
    PlanQuotas quotas =
        quotas()
            .limits(Limits.parse("1rpm"))
            .plans(
                Plan.named("route").limits(Limits.parse("2rpm")).routes("batch").build(),
                Plan.named("tenant").limits(Limits.parse("3rpm")).tenants("acme").build(),
                Plan.named("first").limits(Limits.parse("4rpm")).groups("g1").build(),
                Plan.named("second").limits(Limits.parse("5rpm")).groups("g2").build(),
                Plan.named("user").limits(Limits.parse("6rpm")).users("ann").build(),
                Plan.named("there").limits(Limits.parse("7rpm")).users("ann").routes("x").build())
            .build();
    Caller ann = new Caller("ann", "acme", Set.of("g1"));
    Caller bob = new Caller("bob", "acme", Set.of("g2", "g1"));
    Caller cat = new Caller("cat", "acme", Set.of("unknown"));
    Caller dan = Caller.user("dan");
    assertThat(plan(quotas, ann, "x")).isEqualTo("there");
    assertThat(plan(quotas, ann, "batch")).isEqualTo("user");
    assertThat(plan(quotas, bob, "batch")).isEqualTo("first");
    assertThat(plan(quotas, cat, "batch")).isEqualTo("tenant");
    assertThat(plan(quotas, dan, "batch")).isEqualTo("route");
    assertThat(plan(quotas, dan, "x")).isEqualTo("default");
  }

  @Test
  void aPairNamesAUserOfOneTenantAndComesBeforeTheNameAlone() {
    PlanQuotas quotas =
        quotas()
            .limits(Limits.parse("1rpm"))
            .plans(
                Plan.named("name").limits(Limits.parse("2rpm")).users("ann", "x/y").build(),
                Plan.named("pair")
                    .limits(Limits.parse("3rpm"))
                    .users("acme/ann", "https://issuer/ann")
                    .build())
            .build();
    assertThat(plan(quotas, Caller.of("ann", "acme"), "chat")).isEqualTo("pair");
    assertThat(plan(quotas, Caller.of("ann", "https://issuer"), "chat")).isEqualTo("pair");
    assertThat(plan(quotas, Caller.of("ann", "ibm"), "chat")).isEqualTo("name");
    assertThat(plan(quotas, Caller.user("ann"), "chat")).isEqualTo("name");
    assertThat(plan(quotas, Caller.of("bob", "acme"), "chat")).isEqualTo("default");
    // A name with a slash is still a name.
    assertThat(plan(quotas, Caller.of("x/y", "acme"), "chat")).isEqualTo("name");
    assertThat(plan(quotas, Caller.of("y", "x"), "chat")).isEqualTo("name");
  }

  private static String plan(PlanQuotas quotas, Caller caller, String route) {
    return quotas.standings(caller, route).get(0).plan();
  }

  @Test
  void aPlansTenantLimitsHoldForEachOfItsTenantsAsAWhole() {
    CallerQuotas quotas =
        quotas()
            .tenantLimits(Limits.parse("9rpm"))
            .plans(
                Plan.named("big").tenants("acme", "x").tenantLimits(Limits.parse("2rpm")).build())
            .build();
    granted(quotas.admit(call(Caller.of("ann", "acme"), 1)));
    granted(quotas.admit(call(Caller.of("bob", "acme"), 1)));
    assertThat(refusal(quotas.admit(call(Caller.of("cat", "acme"), 1))))
        .isEqualTo("tenant big 2rpm");
    granted(quotas.admit(call(Caller.of("cat", "x"), 1)));
  }

  @Test
  void mistakesInPlansAreNamed() {
    Plan one = Plan.named("one").limits(Limits.parse("1rpm")).groups("g").build();
    Plan two = Plan.named("two").limits(Limits.parse("1rpm")).groups("g").build();
    assertThatThrownBy(() -> quotas().plans(one, two).build())
        .hasMessageContaining("group 'g' is on two plans: one and two");
    assertThatThrownBy(() -> Plan.named("p").tenantLimits(Limits.parse("1rpm")).build())
        .hasMessageContaining("must name tenants");
    assertThatThrownBy(() -> Plan.named("p").build()).hasMessageContaining("needs limits");
    assertThatThrownBy(() -> OnExceeded.parse("later", Duration.ofSeconds(1)))
        .hasMessageContaining("reject, wait or route:<name>");
  }

  @Test
  void aTargetWithoutPricesIsRefusedUnderALimitInMoney() {
    PlanQuotas quotas =
        quotas()
            .plans(
                Plan.named("pro")
                    .limits(Limits.parse("5usd/d"))
                    .users("ann")
                    .routes("chat")
                    .build())
            .build();
    assertThatThrownBy(() -> quotas.over(new Tariff("chat", PRICES, List.of("spill"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("route chat: target spill has no prices")
        .hasMessageContaining("'5usd/d' of plan pro");
    quotas.over(new Tariff("other", null, List.of("spill")));
  }

  @Test
  void newcomersShareOneAccountWhenThereAreAsManyAsMayBe() {
    PlanQuotas quotas = quotas().limits(Limits.parse("2rpm")).maxAccounts(3).build();
    int granted = 0;
    for (int user = 0; user < 100; user++) {
      granted += quotas.admit(call("user" + user)) instanceof Admission.Granted ? 1 : 0;
    }
    assertThat(granted).isEqualTo(3 + 2);
    assertThat(quotas.accounts()).isEqualTo(3);
    assertThat(overflows).hasSize(97).containsOnly("user default");
    assertThat(quotas.standings(Caller.user("user99"), "").get(0).left()).isZero();
    assertThat(quotas.standings(Caller.user("user0"), "").get(0).left()).isEqualTo(1);
    // Those who had an account keep it.
    granted(quotas.admit(call("user0")));
  }

  @Test
  void whoGetsAnAccountLaterBeginsWithWhatNewcomersShared() {
    PlanQuotas quotas = quotas().limits(Limits.parse("3rpm")).maxAccounts(1).build();
    Reservation first = granted(quotas.admit(call("first")));
    clock.advance(Duration.ofSeconds(30));
    granted(quotas.admit(call("late")));
    granted(quotas.admit(call("late")));
    first.giveBack();
    clock.advance(Duration.ofSeconds(20));
    // The first one's account is blank and makes room, but the minute remembers.
    granted(quotas.admit(call("late")));
    assertThat(quotas.admit(call("late"))).isInstanceOf(Admission.Refused.class);
  }

  @Test
  void anAccountInDebtOrWithRunningCallsIsNeverDropped() {
    PlanQuotas quotas = quotas().limits(Limits.parse("1par 100tpm")).maxAccounts(1_000).build();
    Reservation running = granted(quotas.admit(call("busy")));
    granted(quotas.admit(call("debtor"))).settle(10_000);
    for (int minute = 0; minute < 90; minute++) {
      clock.advance(Duration.ofMinutes(1));
      for (int user = 0; user < 20; user++) {
        granted(quotas.admit(call("u" + minute + "-" + user))).giveBack();
      }
      assertThat(quotas.admit(call("debtor"))).isInstanceOf(Admission.Refused.class);
      assertThat(quotas.admit(call("busy"))).isInstanceOf(Admission.Refused.class);
    }
    assertThat(quotas.accounts()).isLessThan(200);
    running.giveBack();
    granted(quotas.admit(call("busy")));
  }

  @Test
  void longNamesAreNobodyElsesAndFillNoHeap() {
    PlanQuotas quotas = quotas().limits(Limits.parse("1rpm")).build();
    String name = "x".repeat(2_000);
    granted(quotas.admit(call(name + "a")));
    granted(quotas.admit(call(name + "b")));
    assertThat(quotas.admit(call(name + "a"))).isInstanceOf(Admission.Refused.class);
    granted(quotas.admit(call(AccountName.of(name + "a"))));
    granted(quotas.admit(call(AccountName.of(name + "a\ud800"))));
    granted(quotas.admit(call(name + "a\udbff")));
    assertThat(AccountName.of(name)).hasSizeLessThan(80);
    assertThatThrownBy(() -> Caller.user("x".repeat(10_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("user has 10000 characters, more than 2048");
    assertThat(Caller.user("a\r\nb\u2028").toString())
        .isEqualTo("Caller[user=a\\u000d\\u000ab\\u2028, tenant=null, groups=[]]");
  }

  @Test
  void whoNeverComesBackHoldsUpNobodyForEver() {
    CallerQuotas quotas =
        quotas()
            .limits(Limits.parse("1rpm"))
            .onExceeded(new OnExceeded.Wait(Duration.ofSeconds(70)))
            .build();
    granted(quotas.admit(call("ann")));
    assertThat(quotas.admit(call("ann"))).isInstanceOf(Admission.Later.class);
    clock.advance(Duration.ofSeconds(72));
    granted(quotas.admit(call("ann")));
  }
}
