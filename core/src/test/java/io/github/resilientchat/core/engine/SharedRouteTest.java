package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the models over one route have together. */
class SharedRouteTest extends RoutedCalls {

  /** Each waits and asks the same target once more, which is charged: the other one is full. */
  private Step triedTwice(Router router) {
    router(full).begin(CALL);
    Pause pause = (Pause) attempt(router.begin(CALL)).failed(Errors.of(FailureKind.NOT_READY));
    return pause.resume();
  }

  @Test
  void modelsOverOneRouteShareItsRetryBudget() {
    for (int retry = 0; retry < 10; retry++) {
      attempt(triedTwice(router(east, full))).completed(null);
    }

    assertThat(reason(triedTwice(router(east, full)), NoTargetAvailableException.class))
        .hasMessageContaining("the route's retry budget is used up");
  }

  @Test
  void modelsThatWereBuiltApartShareItThoughTheirStrategiesAreOthers() {
    for (int retry = 0; retry < 10; retry++) {
      attempt(triedTwice(sticky())).completed(null);
    }
    Router ordered =
        engine.router(
            Route.named("apart").strategy(RoutingStrategy.ordered()).tier(east, full).build());

    assertThat(reason(triedTwice(ordered), NoTargetAvailableException.class))
        .hasMessageContaining("the route's retry budget is used up");
  }

  private Router sticky() {
    return engine.router(
        Route.named("apart").strategy(RoutingStrategy.sticky(2)).tier(east, full).build());
  }

  @Test
  void exhaustedRetryBudgetIsToldToTheCallerAndFillsAgain() {
    Router router = router(east, full);
    for (int retry = 0; retry < 10; retry++) {
      attempt(triedTwice(router)).completed(null);
    }
    assertThat(triedTwice(router)).isInstanceOf(GiveUp.class);

    clock.advance(Duration.ofSeconds(11));

    assertThat(triedTwice(router)).isInstanceOf(Attempt.class);
  }

  @Test
  void modelsOverOneRouteTakeTheirTurnsTogether() {
    Route inTurn =
        Route.named("turns").strategy(RoutingStrategy.roundRobin()).tier(east, west).build();
    Attempt first = attempt(engine.router(inTurn).begin(CALL));

    Attempt second = attempt(engine.router(inTurn).begin(CALL));

    assertThat(first.target()).isNotEqualTo(second.target());
  }

  @Test
  void targetsOfOneNameWithOtherLimitsAreAMistake() {
    router(Target.builder("same").limits(Limits.parse("200rpm")).build());

    assertThatThrownBy(() -> router(Target.builder("same").limits(Limits.parse("3rpm")).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'same'")
        .hasMessageContaining("limits '200rpm'")
        .hasMessageContaining("limits '3rpm'");
    assertThatThrownBy(() -> router(target("same", "nova", "us-east-1", "main")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
