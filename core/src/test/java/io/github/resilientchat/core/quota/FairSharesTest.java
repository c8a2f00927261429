package io.github.resilientchat.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.VirtualClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How callers share what a route has, where its targets are near their limits. */
class FairSharesTest {

  private static final double MOST = 60_000;
  private static final double PER_SECOND = 1_000;
  private static final long CALL = 100;

  private final VirtualClock clock = new VirtualClock();
  private final Map<String, Integer> served = new TreeMap<>();
  private final Map<String, Admission.Refused> refused = new TreeMap<>();
  private final Set<Class<?>> answers = new HashSet<>();
  private double left = MOST;

  private CallerQuotas quotas(Plan... plans) {
    return PlanQuotas.builder()
        .plans(plans)
        .ticker(clock)
        .clock(clock)
        .build()
        .over(new Tariff("chat", null, List.of()), enough -> left / MOST);
  }

  private Admission ask(CallerQuotas quotas, Caller caller) {
    Admission admission =
        quotas.admit(ModelCall.blocking(caller, new TokenEstimate(CALL / 2, CALL / 2)));
    if (admission instanceof Admission.Granted granted) {
      if (left >= CALL) {
        left -= CALL;
        served.merge(String.valueOf(caller.tenant()), 1, Integer::sum);
        granted.reservation().settle(CALL);
      } else {
        // Throttled.
        granted.reservation().giveBack();
      }
    }
    if (admission instanceof Admission.Refused why) {
      refused.put(String.valueOf(caller.tenant()), why);
    }
    answers.add(admission.getClass());
    return admission;
  }

  /** So many calls a second of each tenant, in turn, for so long. */
  private void run(CallerQuotas quotas, int seconds, Map<String, Integer> perSecond) {
    served.clear();
    for (int tenth = 0; tenth < seconds * 10; tenth++) {
      clock.advance(Duration.ofMillis(100));
      left = Math.min(MOST, left + PER_SECOND / 10);
      for (Map.Entry<String, Integer> each : new TreeMap<>(perSecond).entrySet()) {
        int before = each.getValue() * tenth / 10;
        int now = each.getValue() * (tenth + 1) / 10;
        for (int call = before; call < now; call++) {
          ask(quotas, Caller.of("user", each.getKey()));
        }
      }
    }
  }

  private double share(String tenant, int seconds) {
    return served.getOrDefault(tenant, 0) * CALL / (PER_SECOND * seconds);
  }

  @Test
  void equalsGetTheSameHoweverMuchTheyAsk() {
    CallerQuotas quotas = quotas();
    run(quotas, 200, Map.of("calm", 6, "loud", 60));

    run(quotas, 600, Map.of("calm", 6, "loud", 60));

    assertThat(share("calm", 600)).isBetween(0.47, 0.53);
    assertThat(share("loud", 600)).isBetween(0.47, 0.53);
  }

  @Test
  void weightsAreShares() {
    Plan gold =
        Plan.named("gold").limits(Limits.parse("1000000rpm")).tenants("gold").weight(3).build();
    CallerQuotas quotas = quotas(gold);
    run(quotas, 200, Map.of("gold", 20, "tin", 20));

    run(quotas, 600, Map.of("gold", 20, "tin", 20));

    assertThat(share("gold", 600)).isBetween(0.70, 0.80);
    assertThat(share("tin", 600)).isBetween(0.20, 0.30);
  }

  @Test
  void whatOneDoesNotWantIsLentAndGivenBackWithinAMinute() {
    CallerQuotas quotas = quotas();
    run(quotas, 120, Map.of("small", 1, "loud", 30));
    run(quotas, 300, Map.of("small", 1, "loud", 30));
    assertThat(share("loud", 300)).isGreaterThan(0.88);
    assertThat(share("small", 300)).isBetween(0.099, 0.101);

    run(quotas, 60, Map.of("small", 5, "loud", 30));
    assertThat(share("small", 60)).isGreaterThan(0.45);
  }

  @Test
  void whoWantsMoreThanHerShareForHalfAMinuteIsServed() {
    CallerQuotas quotas = quotas();
    run(quotas, 400, Map.of("calm", 4, "loud", 60));

    run(quotas, 40, Map.of("calm", 8, "loud", 60));

    assertThat(share("calm", 40)).isEqualTo(0.8);
  }

  @Test
  void nobodyIsHeldToAShareWhileThereIsEnough() {
    CallerQuotas quotas = quotas();
    run(quotas, 60, Map.of("one", 9));

    assertThat(share("one", 60)).isEqualTo(0.9);
  }

  @Test
  void aRefusalSaysWhy() {
    CallerQuotas quotas = quotas();
    run(quotas, 120, Map.of("calm", 2, "loud", 60));

    assertThat(refused.keySet()).containsExactly("loud");
    Admission.Refused why = refused.get("loud");
    assertThat(why.scope()).isEqualTo(Scope.ROUTE);
    assertThat(why.limit()).isEqualTo("share of weight 1 of a scarce route");
    assertThat(why.retryAfter()).isPositive();
  }

  @Test
  void whoIsReadyToWaitAsksAgainAndOverAnotherRouteWhoIsNot() {
    Plan patient =
        Plan.named("patient")
            .limits(Limits.parse("1000000rpm"))
            .tenants("loud")
            .onExceeded(new OnExceeded.Wait(Duration.ofSeconds(5)))
            .build();
    Plan cheap =
        Plan.named("cheap")
            .limits(Limits.parse("1000000rpm"))
            .tenants("noisy")
            .onExceeded(new OnExceeded.Degrade("cheap"))
            .build();
    run(quotas(patient, cheap), 120, Map.of("calm", 2, "loud", 60, "noisy", 60));

    assertThat(answers).contains(Admission.Later.class, Admission.Elsewhere.class);
    assertThat(refused).isEmpty();
  }

  @Test
  void thousandsOfCallersWhoHaveGoneKeepNobodyFromAShareOfHerOwn() {
    CallerQuotas quotas = quotas();
    for (int user = 0; user < 3_000; user++) {
      ask(quotas, Caller.user("user-" + user));
    }
    clock.advance(Duration.ofMinutes(2));
    left = MOST;
    run(quotas, 200, Map.of("calm", 6, "loud", 60));

    run(quotas, 300, Map.of("calm", 6, "loud", 60));

    assertThat(share("calm", 300)).isBetween(0.46, 0.54);
  }

  @Test
  void aTenantAndAUserOfOneNameAreTwo() {
    CallerQuotas quotas = quotas();
    run(quotas, 120, Map.of("calm", 2, "loud", 60));
    assertThat(refused).containsKey("loud");
    left = 0;
    clock.advance(Duration.ofSeconds(1));

    assertThat(ask(quotas, Caller.user("loud"))).isInstanceOf(Admission.Granted.class);
  }
}
