package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.adapter.AlreadyEnded;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What takes from a route's budget of tries and hedges, and what does not. */
class RouteBudgetTest extends RoutedCalls {

  @Test
  void burstThatMeetsAHangingTargetMovesToTheIdleOnesWithoutABudget() {
    for (RoutingStrategy strategy :
        List.of(RoutingStrategy.roundRobin(), RoutingStrategy.adaptive())) {
      Router router = oneTier(RoutePolicy.DEFAULTS, strategy, east, second, third);
      List<Attempt> burst = new ArrayList<>();
      for (int call = 0; call < 40; call++) {
        burst.add(attempt(router.begin(CALL)));
      }
      int answered = 0;
      for (Attempt attempt : burst) {
        Step step = attempt;
        while (attempt(step).target() == east) {
          step = failed(step, FailureKind.TIMED_OUT);
        }
        answered += attempt(step).completed(null) ? 1 : 0;
      }
      assertThat(answered).isEqualTo(40);
      clock.advance(Duration.ofHours(1));
    }
  }

  @Test
  void callsThatHadNowhereToGoTakeNothingFromTheBudget() {
    Router router = oneTier(east, west);
    for (int call = 0; call < 20; call++) {
      Step next = failed(router.begin(CALL), FailureKind.LOCAL_SHORTAGE);
      assertThat(failed(next, FailureKind.LOCAL_SHORTAGE)).isInstanceOf(GiveUp.class);
    }

    Pause pause = (Pause) failed(router.begin(CALL), FailureKind.NOT_READY);

    assertThat(pause.resume()).isInstanceOf(Attempt.class);
  }

  @Test
  void hedgeWithoutATargetIsNotCharged() {
    RoutePolicy hedging = RoutePolicy.DEFAULTS.withHedge(new HedgePolicy(Duration.ofSeconds(1), 5));
    Router alone = oneTier(hedging, RoutingStrategy.ordered(), east);
    for (int call = 0; call < 20; call++) {
      Attempt attempt = attempt(alone.begin(STREAM));
      assertThat(attempt.hedge()).isSameAs(AlreadyEnded.INSTANCE);
      if (call < 19) {
        attempt.completed(null);
      }
    }
    engine.router(
        Route.named("other")
            .policy(hedging)
            .strategy(RoutingStrategy.ordered())
            .tier(east)
            .build());
    Router two = oneTier(hedging, RoutingStrategy.ordered(), east, west);
    for (int call = 0; call < 20; call++) {
      attempt(two.begin(STREAM)).completed(null);
    }

    assertThat(attempt(two.begin(STREAM)).hedge()).isInstanceOf(Attempt.class);
  }

  @Test
  void lostConnectionIsTriedOnceMoreAtTheSameTargetOnlyWhenNoOtherLetsIn() {
    assertThat(attempt(failed(oneTier(east, west).begin(CALL), FailureKind.DISCONNECTED)).target())
        .isEqualTo(west);
    Target full = Target.builder("full").limits(Limits.parse("1rpm")).build();
    attempt(oneTier(full).begin(CALL)).completed(null);
    Pause again = (Pause) failed(oneTier(third, full).begin(CALL), FailureKind.DISCONNECTED);
    assertThat(failed(again.resume(), FailureKind.DISCONNECTED)).isInstanceOf(GiveUp.class);
  }
}
