package io.github.resilientchat.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Amounts of limits that change while calls are counted. */
class AmendedQuotasTest {

  private final VirtualClock clock = new VirtualClock();

  private PlanQuotas.Builder limits(String everyone, String gold) {
    return PlanQuotas.builder()
        .ticker(clock)
        .clock(clock)
        .limits(Limits.parse(everyone))
        .plans(new Plan("gold", Limits.parse(gold), Set.of("alice")))
        .applicationLimits(Limits.parse("50rpm"));
  }

  private final PlanQuotas quotas = limits("2rpm", "3rpm 2par").build();
  private final CallerQuotas chat = quotas.over(new Tariff("chat", null, List.of()));

  private Admission ask(String user) {
    return chat.admit(ModelCall.blocking(Caller.user(user), new TokenEstimate(1, 1)));
  }

  private Reservation granted(String user) {
    Admission admission = ask(user);
    assertThat(admission).isInstanceOf(Admission.Granted.class);
    return ((Admission.Granted) admission).reservation();
  }

  @Test
  void raisedLimitLetsInAtOnceAndWhatWasUsedStaysUsed() {
    granted("bob").settle(1);
    granted("bob").settle(1);
    assertThat(ask("bob")).isInstanceOf(Admission.Refused.class);

    assertThat(quotas.amend(limits("3rpm", "3rpm 2par"), false))
        .containsExactly(new HeldLimits(Scope.USER, "default", Limits.parse("3rpm")));

    granted("bob").settle(1);
    Admission refused = ask("bob");
    assertThat(refused).isInstanceOf(Admission.Refused.class);
    assertThat(((Admission.Refused) refused).limit()).isEqualTo("3rpm");
  }

  @Test
  void loweredLimitRefusesUntilWhatIsAboveItHasPassed() {
    granted("bob").settle(1);
    granted("bob").settle(1);

    quotas.amend(limits("1rpm", "3rpm 2par"), false);

    assertThat(ask("bob")).isInstanceOf(Admission.Refused.class);
    clock.advance(Duration.ofSeconds(66));
    granted("bob").settle(1);
    assertThat(ask("bob")).isInstanceOf(Admission.Refused.class);
  }

  @Test
  void callsUnderWayAreCountedOn() {
    Reservation one = granted("alice");
    Reservation two = granted("alice");

    quotas.amend(limits("2rpm", "30rpm 3par"), false);

    Reservation three = granted("alice");
    assertThat(ask("alice")).isInstanceOf(Admission.Refused.class);
    one.settle(1);
    two.settle(1);
    three.settle(1);
    assertThat(quotas.standings(Caller.user("alice"), "chat"))
        .extracting(standing -> standing.limit() + " " + standing.used())
        .containsExactly("30rpm 3", "3par 0", "50rpm 3");
  }

  @Test
  void dryRunSaysWhatWouldChangeAndChangesNothing() {
    assertThat(quotas.amend(limits("9rpm", "3rpm 2par"), true)).hasSize(1);

    assertThat(quotas.limits())
        .contains(new HeldLimits(Scope.USER, "default", Limits.parse("2rpm")));
    assertThat(quotas.plans())
        .extracting(Plan::name, plan -> plan.limits().toString())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("gold", "3rpm 2par"),
            org.assertj.core.groups.Tuple.tuple("default", "2rpm"));
  }

  @Test
  void whatIsMoreThanAmountsIsRefusedAndChangesNothing() {
    assertThatThrownBy(() -> quotas.amend(limits("2rpd", "9rpm 9par"), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'2rpm' of default count something else now");
    assertThatThrownBy(
            () ->
                quotas.amend(
                    limits("9rpm", "9rpm 9par")
                        .plans(new Plan("gold", Limits.parse("9rpm 9par"), Set.of("bob"))),
                    false))
        .hasMessageContaining("plan gold differs in more than amounts");
    assertThatThrownBy(() -> quotas.amend(limits("9rpm", "9rpm 9par").plans(), false))
        .hasMessageContaining("the plans are [default, gold], not [default]");
    assertThatThrownBy(
            () ->
                quotas.amend(limits("9rpm", "9rpm 9par").tenantLimits(Limits.parse("9rpm")), false))
        .hasMessageContaining("limits are set that were not");

    assertThat(quotas.limits())
        .extracting(held -> held.limits().toString())
        .containsExactlyInAnyOrder("2rpm", "3rpm 2par", "50rpm");
  }

  @Test
  void planOfACallerIsTold() {
    assertThat(quotas.planOf(Caller.user("alice"), "chat")).contains("gold");
    assertThat(quotas.planOf(Caller.user("bob"), "chat")).contains("default");
  }
}
