package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.RequestTerms;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom a call may be sent to, and in which order. */
class RouterTest extends RoutedCalls {

  @Test
  void aRequestThatForbidsFallbacksStaysInTheFirstTier() {
    ModelCall strict = CALL.on(new RequestTerms(false, null));
    Router router = router(RoutePolicy.DEFAULTS, east, haiku);

    Step after = attempt(router.begin(strict)).failed(Errors.of(FailureKind.NOT_PERMITTED));

    assertThat(reason(after, NoTargetAvailableException.class).getMessage()).contains("east");
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(haiku);
  }

  @Test
  void targetsThatCannotDoWhatIsAskedAreNotTried() {
    Target textOnly = Target.builder("text").traits(new Target.Traits(0, Set.of(), 1)).build();
    Router router = router(textOnly, west);

    Step step = router.begin(CALL.needing(Set.of(Capability.TOOLS)));

    assertThat(attempt(step).target()).isEqualTo(west);
  }

  static Stream<List<Target>> listsThatNobodyCanUse() {
    Target stranger = target("stranger", "nova", "eu-west-1", "third");
    List<Target> throwing =
        new AbstractList<>() {
          @Override
          public Target get(int index) {
            throw new IllegalStateException("a strategy's own list");
          }

          @Override
          public int size() {
            return 2;
          }
        };
    return Stream.of(
        Arrays.asList(target("west", "sonnet", "us-west-2", "main"), null),
        List.of(stranger),
        throwing);
  }

  @ParameterizedTest
  @MethodSource("listsThatNobodyCanUse")
  void targetsAreTriedAsConfiguredWhereAStrategysListIsNoneOfThem(List<Target> targets) {
    List<String> settled = new ArrayList<>();
    Engine engine =
        Engine.builder()
            .ticker(clock)
            .classifier(Errors.CLASSIFIER)
            .quotas(call -> new Admission.Granted(settlingIn(settled)))
            .build();
    Route route =
        Route.named("chat").strategy((tier, signals) -> call -> targets).tier(east, west).build();

    Attempt attempt = attempt(engine.router(route).begin(CALL));

    assertThat(attempt.target()).isEqualTo(east);
    assertThat(attempt.completed(Usage.of(100, 10))).isTrue();
    assertThat(settled).containsExactly("110");
  }

  private static Reservation settlingIn(List<String> settled) {
    return new Reservation() {
      @Override
      public void settle(long tokens) {
        settled.add(Long.toString(tokens));
      }

      @Override
      public void keep() {
        settled.add("kept");
      }

      @Override
      public void giveBack() {
        settled.add("given back");
      }
    };
  }

  @Test
  void strategyMayLeaveTargetsOut() {
    Route route =
        Route.named("chat")
            .strategy((tier, signals) -> call -> List.of(west))
            .tier(east, west)
            .build();

    assertThat(attempt(engine.router(route).begin(CALL)).target()).isEqualTo(west);
  }
}
