package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.adapter.AlreadyEnded;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.operation.Part;
import io.github.resilientchat.core.operation.TargetStatus;
import io.github.resilientchat.core.operation.TargetStatus.State;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What an operator sees of an engine, and what her weights and ends of rests do to calls. */
class OperationsTest extends OperatedTargets {

  @Test
  void weightShiftsCallsOfItsRouteAlone() {
    Router chat = router(RoutingStrategy.weighted(), east, west);
    Router other =
        engine.router(
            Route.named("other").strategy(RoutingStrategy.weighted()).tier(east, west).build());

    assertThat(operations.weigh("chat", "west", 99)).isTrue();
    assertThat(operations.weigh("chat", "west", 99)).isFalse();

    assertThat(share(chat, west)).isGreaterThan(0.95);
    assertThat(share(other, west)).isBetween(0.35, 0.65);
    assertThat(operations.routes().get(0).targets())
        .extracting(TargetStatus::weight)
        .containsExactly(1, 99);
  }

  private static double share(Router router, Target target) {
    int got = 0;
    for (int call = 0; call < 1_000; call++) {
      Attempt attempt = attempt(router.begin(CALL));
      got += attempt.target().equals(target) ? 1 : 0;
      attempt.completed(null);
    }
    return got / 1_000.0;
  }

  @Test
  void callsUnderWayAndWhatIsKnownSurviveAWeight() {
    Router router = router(RoutingStrategy.ordered(), east, west);
    Attempt underWay = attempt(router.begin(CALL));

    operations.weigh("chat", "east", 3);

    assertThat(status(east).inFlight()).isEqualTo(1);
    assertThat(attempt(underWay.failed(Errors.of(FailureKind.THROTTLED))).target()).isEqualTo(west);
    assertThat(status(east).inFlight()).isZero();
    assertThat(status(east).state()).isEqualTo(State.RESTING);
  }

  @Test
  void aStrategyThatRefusesAWeightChangesNothing() {
    RoutingStrategy picky =
        (tier, signals) -> {
          if (tier.get(0).weight() > 5) {
            throw new IllegalStateException("too heavy");
          }
          return call -> tier;
        };
    Router router = router(picky, east, west);

    assertThatThrownBy(() -> operations.weigh("chat", "east", 6))
        .isInstanceOf(IllegalStateException.class);

    assertThat(status(east).weight()).isEqualTo(1);
    assertThat(asked(router, 1)).containsExactly(east);
  }

  @Test
  void weightsThatMakeNoSenseAreRefused() {
    router(RoutingStrategy.weighted(), east);

    assertThatThrownBy(() -> operations.weigh("chat", "east", 0)).hasMessageContaining("drain");
    assertThatThrownBy(() -> operations.weigh("chat", "west", 2)).hasMessageContaining("[east]");
    assertThatThrownBy(() -> operations.weigh("chta", "east", 2)).hasMessageContaining("[chat]");
  }

  @Test
  void endOfARestLetsAProbeIn() {
    Router router = router(RoutingStrategy.ordered(), east, west);
    attempt(router.begin(CALL)).failed(Errors.of(FailureKind.THROTTLED));
    assertThat(status(east).state()).isEqualTo(State.RESTING);
    assertThat(status(east).comesBackIn()).isPositive();

    assertThat(operations.endRest("east")).isTrue();

    assertThat(status(east).canAnswer()).isTrue();
    assertThat(asked(router, 1)).containsExactly(east);
    assertThat(operations.endRest("east")).isFalse();
  }

  @Test
  void endOfARestOpensTheWayThroughABrokenBreaker() {
    Router router = router(RoutingStrategy.ordered(), east, west);
    for (int call = 0; call < 40 && status(east).state() != State.BROKEN; call++) {
      Step step = router.begin(CALL);
      while (step instanceof Attempt attempt) {
        step =
            attempt.target().equals(east)
                ? attempt.failed(Errors.of(FailureKind.MODEL_FAILED))
                : done(attempt);
      }
      clock.advance(Duration.ofMillis(10));
    }
    assertThat(status(east).state()).isEqualTo(State.BROKEN);
    assertThat(status(east).reason()).isEqualTo("circuit breaker open");
    assertThat(status(east).comesBackIn()).isPositive();
    assertThat(status(east).blocking().breaker()).isEqualTo(CircuitBreaker.State.OPEN);

    assertThat(operations.endRest("east")).isTrue();

    assertThat(status(east).canAnswer()).isTrue();
    assertThat(asked(router, 1)).containsExactly(east);
  }

  private static Step done(Attempt attempt) {
    attempt.completed(null);
    return AlreadyEnded.INSTANCE;
  }

  @Test
  void limitsThatAreUsedUpSayWhenTheyOpen() {
    Target limited = Target.builder("limited").limits(Limits.parse("2rpm, 5par")).build();
    Router router = router(RoutingStrategy.ordered(), limited);
    attempt(router.begin(CALL));
    attempt(router.begin(CALL)).completed(null);

    TargetStatus full = status(limited);

    assertThat(full.state()).isEqualTo(State.FULL);
    assertThat(full.reason()).isEqualTo("over 2rpm");
    assertThat(full.comesBackIn()).isEqualTo(Duration.ofSeconds(30));
    assertThat(full.limits())
        .extracting(used -> used.limit() + " " + used.used())
        .containsExactly("2rpm 2", "5par 1");
    assertThat(route().comesBackIn()).isEqualTo(Duration.ofSeconds(30));
    clock.advance(Duration.ofSeconds(31));
    assertThat(status(limited).canAnswer()).isTrue();
  }

  /** What a thread that waits for its processor between two targets finds. */
  @Test
  void aCallThatFoundEachTargetTakenOutAtAnotherMomentLooksAgain() {
    Part one = Part.target("east");
    Part other = Part.target("west");
    RoutingStrategy meanwhile =
        (tier, signals) ->
            call -> {
              operations.undrain(one);
              operations.drain(other);
              return tier;
            };
    Route second = Route.named("second").strategy(meanwhile).tier(west).build();
    Router router =
        engine.router(
            Route.named("chat")
                .strategy(RoutingStrategy.ordered())
                .tier(east)
                .fallback(second)
                .build());
    operations.drain(one);

    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(east);
  }

  @Test
  void noCallFailsWhileAnOperatorPlays() throws Exception {
    Router router = router(RoutingStrategy.adaptive(), east, west, burst);
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> callers = new ArrayList<>();
      for (int thread = 0; thread < 3; thread++) {
        callers.add(
            threads.submit(
                () -> {
                  int calls = 0;
                  while (!over.get()) {
                    attempt(router.begin(CALL)).completed(null);
                    calls++;
                  }
                  return calls;
                }));
      }
      for (int change = 0; change < 1_000; change++) {
        Part part = change % 2 == 0 ? Part.region("us-east-1") : Part.target("west");
        operations.drain(part);
        operations.weigh("chat", "burst", 1 + change % 7);
        operations.undrain(part);
      }
      over.set(true);
      for (Future<Integer> caller : callers) {
        assertThat(caller.get()).isPositive();
      }
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
    assertThat(route().targets()).allSatisfy(target -> assertThat(target.inFlight()).isZero());
  }
}
