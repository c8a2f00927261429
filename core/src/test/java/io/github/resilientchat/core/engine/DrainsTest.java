package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.operation.Part;
import io.github.resilientchat.core.operation.TargetStatus.State;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is out of use by an operator's word, and what that does to calls. */
class DrainsTest extends OperatedTargets {

  static Stream<RoutingStrategy> strategies() {
    return Stream.of(
        RoutingStrategy.adaptive(),
        RoutingStrategy.weighted(),
        RoutingStrategy.roundRobin(),
        RoutingStrategy.leastBusy(),
        RoutingStrategy.latency(),
        RoutingStrategy.usage(),
        RoutingStrategy.cost(),
        RoutingStrategy.sticky(1),
        RoutingStrategy.ordered());
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void drainedTargetIsAskedNoMoreAndComesBack(RoutingStrategy strategy) {
    Router router = router(strategy, east, west, burst);

    assertThat(operations.drain(Part.target("east"))).isTrue();
    assertThat(asked(router, 60)).doesNotContain(east);

    assertThat(operations.undrain(Part.target("east"))).isTrue();
    assertThat(status(east).state()).isEqualTo(State.READY);
    operations.drain(Part.target("west"));
    operations.drain(Part.target("burst"));
    assertThat(asked(router, 3)).containsExactly(east);
  }

  @Test
  void drainedRegionAndAccountTakeAllTheirTargetsOut() {
    Router router = router(RoutingStrategy.roundRobin(), east, west, burst);

    operations.drain(Part.region("us-east-1"));
    assertThat(asked(router, 30)).containsExactly(west);

    operations.undrain(Part.region("us-east-1"));
    operations.drain(Part.account("main"));
    assertThat(asked(router, 30)).containsExactly(burst);
    assertThat(operations.drained()).containsExactly(Part.account("main"));
  }

  @Test
  void drainHoldsForRoutesThatComeLater() {
    router(RoutingStrategy.ordered(), east);
    operations.drain(Part.region("us-east-1"));

    Router later =
        engine.router(
            Route.named("later").strategy(RoutingStrategy.ordered()).tier(burst, west).build());

    assertThat(asked(later, 5)).containsExactly(west);
  }

  @Test
  void targetStaysOutWhileAnotherPartCoversIt() {
    router(RoutingStrategy.ordered(), east, west);
    operations.drain(Part.region("us-east-1"));
    operations.drain(Part.target("east"));

    operations.undrain(Part.region("us-east-1"));
    assertThat(status(east).reason()).isEqualTo("drained with target east");

    operations.undrain(Part.target("east"));
    assertThat(status(east).canAnswer()).isTrue();
  }

  @Test
  void attemptUnderWayEndsAndItsRetriesGoElsewhere() {
    Router router = router(RoutingStrategy.ordered(), east, west);
    Attempt underWay = attempt(router.begin(CALL));
    Attempt failing = attempt(router.begin(CALL));

    operations.drain(Part.target("east"));

    assertThat(underWay.completed(null)).isTrue();
    Pause pause = (Pause) failing.failed(Errors.of(FailureKind.NOT_READY));
    clock.advance(pause.delay());
    assertThat(attempt(pause.resume()).target()).isEqualTo(west);
  }

  @Test
  void drainedTargetIsNotProbedWhenNobodyElseIsLeft() {
    Router router = router(RoutingStrategy.ordered(), east);
    attempt(router.begin(CALL)).failed(Errors.of(FailureKind.UNAVAILABLE));
    operations.drain(Part.target("east"));

    for (int second = 0; second < 600; second++) {
      clock.advance(Duration.ofSeconds(1));
      assertThat(router.begin(CALL)).isInstanceOf(GiveUp.class);
    }
    GiveUp end = (GiveUp) router.begin(CALL);
    assertThat(end.reason()).hasMessageContaining("east: drained with target east");
    assertThat(route().canAnswer()).isFalse();
    assertThat(route().comesBackIn()).isNull();

    operations.undrain(Part.target("east"));
    assertThat(asked(router, 1)).containsExactly(east);
  }

  @Test
  void drainsAmongAThousandTargetsAreFoundAndLeftOut() {
    Target[] many =
        IntStream.range(0, 1_000)
            .mapToObj(i -> target("t" + i, "region-" + i % 10, "main"))
            .toArray(Target[]::new);
    for (RoutingStrategy strategy :
        List.of(RoutingStrategy.adaptive(), RoutingStrategy.weighted())) {
      Engine large = Engine.builder().ticker(clock).random(new Random(7)).build();
      Router router = large.router(Route.named("chat").strategy(strategy).tier(many).build());
      for (int region = 0; region < 9; region++) {
        large.operations().drain(Part.region("region-" + region));
      }
      assertThat(asked(router, 500))
          .allSatisfy(target -> assertThat(target.region()).isEqualTo("region-9"));
    }
  }

  @Test
  void unknownPartIsRefusedWithThoseThereAre() {
    router(RoutingStrategy.ordered(), east, west);

    assertThatThrownBy(() -> operations.drain(Part.region("us\neast")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no target is in region 'us\\u000aeast'; there are [us-east-1, us-west-2]");
    assertThat(operations.drained()).isEmpty();
  }
}
