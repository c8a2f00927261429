package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.operation.Part;
import io.github.resilientchat.core.operation.TargetStatus;
import io.github.resilientchat.core.quota.AnonymousCallers;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.Standing;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An engine and quotas that tests share are as new when they are told to start over. */
class StartOverTest {

  private static final ModelCall CALL =
      ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(100, 400));

  private final VirtualClock clock = new VirtualClock();
  private final PlanQuotas quotas =
      PlanQuotas.builder()
          .limits(Limits.parse("100rpm, 1mtpm"))
          .anonymous(AnonymousCallers.SHARED)
          .ticker(clock)
          .build();
  private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
  private final Engine engine =
      Engine.builder()
          .ticker(clock)
          .random(new Random(7))
          .classifier(Errors.CLASSIFIER)
          .circuitBreakers(breakers)
          .quotas(quotas)
          .build();
  private final Target east = target("east", "us-east-1");
  private final Target west = target("west", "us-west-2");
  private final Route route =
      Route.named("chat").strategy(RoutingStrategy.roundRobin()).tier(east, west).build();
  private final Router router = engine.router(route);

  private static Target target(String name, String region) {
    return Target.builder(name)
        .model("sonnet")
        .region(region)
        .account("main")
        .limits(Limits.parse("50rpm"))
        .build();
  }

  private void startOver() {
    quotas.startOver();
    engine.startOver();
  }

  private void assertAsNew() {
    assertThat(engine.operations().drained()).isEmpty();
    assertThat(engine.operations().routes()).hasSize(1);
    assertThat(engine.operations().routes().get(0).targets())
        .hasSize(2)
        .allSatisfy(
            status -> {
              assertThat(status.state()).isEqualTo(TargetStatus.State.READY);
              assertThat(status.weight()).isEqualTo(1);
              assertThat(status.inFlight()).isZero();
              assertThat(status.quotaLeft()).isEqualTo(1);
              assertThat(status.blocking().failures()).isZero();
            });
    assertThat(quotas.standings(Caller.ANONYMOUS, "chat"))
        .extracting(Standing::used)
        .containsOnly(0L);
    assertThat(breakers.getAllCircuitBreakers())
        .allSatisfy(
            breaker -> assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero());
    Attempt attempt = (Attempt) router.begin(CALL);
    assertThat(attempt.target()).isEqualTo(east);
    attempt.completed(Usage.of(1, 1));
  }

  @Test
  void turnsAndWhatWasUsedAreForgotten() {
    assertAsNew();

    startOver();

    assertAsNew();
  }

  @Test
  void drainsAndWeightsAreTakenBack() {
    engine.operations().drain(Part.region("us-east-1"));
    engine.operations().weigh("chat", "west", 9);

    startOver();

    assertAsNew();
  }

  @Test
  void changedRoutesAreThoseOfTheStart() {
    Route changed =
        Route.named("chat").tier(target("north", "eu-west-1"), east.withWeight(5)).build();
    engine.operations().change(List.of(changed), false);
    assertThat(engine.operations().routes().get(0).targets())
        .extracting(status -> status.target().name())
        .containsExactly("north", "east");

    startOver();

    assertAsNew();
  }

  @Test
  void restsAndBreakersAreForgottenThoughNoTimePasses() {
    for (int call = 0; call < 60; call++) {
      Step step = router.begin(CALL);
      while (step instanceof Attempt attempt) {
        step = attempt.failed(Errors.of(FailureKind.MODEL_FAILED));
      }
    }
    assertThat(engine.operations().routes().get(0).targets())
        .extracting(TargetStatus::state)
        .doesNotContain(TargetStatus.State.READY);

    startOver();

    assertAsNew();
  }

  @Test
  void callsUnderWayEndOverWhatTheyBeganOver() {
    List<Attempt> open =
        IntStream.range(0, 4).mapToObj(call -> (Attempt) router.begin(CALL)).toList();

    startOver();
    assertThat(open)
        .allSatisfy(attempt -> assertThat(attempt.completed(Usage.of(100, 100))).isTrue());

    engine.startOver();
    assertAsNew();
  }

  @Test
  void amountsOfLimitsAndDebtsAreThoseOfTheStart() {
    quotas.amend(
        PlanQuotas.builder().limits(Limits.parse("1rpm, 2mtpm")).anonymous(AnonymousCallers.SHARED),
        false);
    Attempt attempt = (Attempt) router.begin(CALL);
    attempt.completed(Usage.of(9_000_000, 9_000_000));
    assertThat(router.begin(CALL)).isInstanceOf(GiveUp.class);

    startOver();

    assertThat(quotas.limits())
        .extracting(held -> held.limits().toString())
        .containsExactly("100rpm 1mtpm");
    assertThat(quotas.plans())
        .extracting(plan -> plan.limits().toString())
        .containsExactly("100rpm 1mtpm");
    assertAsNew();
  }
}
