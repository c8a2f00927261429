package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.failure.FailurePolicy;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one failure proves, and whom it keeps away. */
class BlameTest extends RoutedCalls {

  @Test
  void connectionLostUnderManyStreamsCountsOnce() {
    Router router = oneTier(RoutePolicy.DEFAULTS, RoutingStrategy.ordered(), east);
    for (int loss = 0; loss < 4; loss++) {
      List<Attempt> streams = new ArrayList<>();
      for (int stream = 0; stream < 20; stream++) {
        streams.add(attempt(router.begin(STREAM)));
      }
      clock.advance(Duration.ofSeconds(1));
      for (Attempt stream : streams) {
        Pause again = (Pause) stream.failed(Errors.of(FailureKind.DISCONNECTED));
        assertThat(attempt(again.resume()).completed(null)).as("loss %s", loss).isTrue();
      }
      clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void whatBreaksStreamsKeepsNoBlockingCallOutAndTheReverse() {
    Router router = oneTier(east, west);
    for (int call = 0; call < 6; call++) {
      Attempt stream = attempt(router.begin(STREAM));
      if (stream.target() == east) {
        attempt(stream.failed(Errors.of(FailureKind.MODEL_FAILED))).completed(null);
      } else {
        stream.completed(null);
      }
      Attempt blocking = attempt(router.begin(CALL));
      assertThat(blocking.target()).isEqualTo(east);
      blocking.completed(null);
    }

    assertThat(attempt(router.begin(STREAM)).target()).isEqualTo(west);
  }

  /** Answers of 30 s, one call a second, one single 503 among them. */
  @Test
  void oneRefusalForWantOfCapacityTurnsNobodyAway() {
    Router router = oneTier(RoutePolicy.DEFAULTS, RoutingStrategy.roundRobin(), east, second);
    Deque<Attempt> running = new ArrayDeque<>();
    int refused = 0;
    for (int moment = 0; moment < 90; moment++) {
      Step step = router.begin(CALL);
      if (moment == 10) {
        step = failed(step, FailureKind.NO_CAPACITY);
      }
      if (step instanceof Attempt attempt) {
        running.add(attempt);
      } else {
        refused++;
      }
      if (running.size() > 30) {
        running.remove().completed(null);
      }
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(refused).isZero();
  }

  @Test
  void oneRefusalOfTheOnlyModelTurnsAtMostThreeAway() {
    Router router = oneTier(RoutePolicy.DEFAULTS, RoutingStrategy.ordered(), east, second);
    failed(failed(router.begin(CALL), FailureKind.NO_CAPACITY), FailureKind.NO_CAPACITY);
    int refused = 0;
    for (int moment = 0; moment < 60; moment++) {
      clock.advance(Duration.ofSeconds(1));
      refused += router.begin(CALL) instanceof Attempt ? 0 : 1;
    }
    assertThat(refused).isLessThanOrEqualTo(3);
  }

  @Test
  void accountRestsOnlyWhileItsCredentialsKeepFailing() {
    Router router = oneTier(east, third);
    long began = clock.nanos();
    int failures = 0;
    while (clock.nanos() - began < Duration.ofSeconds(60).toNanos()) {
      Step step = router.begin(CALL);
      while (attempt(step).target() == east) {
        failures++;
        step = failed(step, FailureKind.UNAUTHENTICATED);
      }
      attempt(step).completed(null);
      clock.advance(Duration.ofMillis(250));
    }
    assertThat(failures).as("tries in a minute").isBetween(6, 16);
    while (attempt(router.begin(CALL)).target() == third) {
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(clock.nanos() - began).isLessThan(Duration.ofSeconds(80).toNanos());
  }

  @ParameterizedTest
  @EnumSource(names = {"THROTTLED", "NOT_PERMITTED", "MISCONFIGURED", "UNSUPPORTED"})
  void refusalsAtOnceUseUpNoAttempt(FailureKind kind) {
    Target[] wrong = new Target[5];
    for (int i = 0; i < wrong.length; i++) {
      wrong[i] = target("wrong" + i, "typo" + i, "us-east-1", "account" + i);
    }
    Route route =
        Route.named("typo").strategy(RoutingStrategy.ordered()).tier(wrong).tier(third).build();
    Step step = engine.router(route).begin(CALL);
    for (int i = 0; i < wrong.length; i++) {
      step = failed(step, kind);
    }

    assertThat(attempt(step).target()).isEqualTo(third);
  }

  @Test
  void whatEveryTargetCannotDoGoesToTheCallerAsItIs() {
    RuntimeException unsupported = Errors.of(FailureKind.UNSUPPORTED);

    Step step = failed(oneTier(east, west).begin(CALL), FailureKind.UNSUPPORTED);

    assertThat(((GiveUp) attempt(step).failed(unsupported)).reason()).isSameAs(unsupported);
    assertThat(attempt(oneTier(east, west).begin(CALL)).target()).isEqualTo(east);
  }

  @Test
  void ownerDecidesWhetherAWithheldAnswerIsTriedElsewhere() {
    RoutePolicy elsewhere =
        RoutePolicy.DEFAULTS.withFailures(
            new FailurePolicy(EnumSet.of(FailureKind.FILTERED), Duration.ofMinutes(1)));
    RuntimeException filtered = Errors.of(FailureKind.FILTERED);

    Step moved =
        failed(
            oneTier(elsewhere, RoutingStrategy.ordered(), east, west).begin(CALL),
            FailureKind.FILTERED);

    assertThat(attempt(moved).target()).isEqualTo(west);
    assertThat(((GiveUp) attempt(moved).failed(filtered)).reason()).isSameAs(filtered);
    assertThat(failed(oneTier(east, west).begin(CALL), FailureKind.FILTERED))
        .isInstanceOf(GiveUp.class);
  }

  @Test
  void whatIsShortHereIsNoTargetsFault() {
    Router router = oneTier(east, west);
    for (int call = 0; call < 20; call++) {
      Step next = failed(router.begin(CALL), FailureKind.LOCAL_SHORTAGE);
      assertThat(attempt(next).target()).isEqualTo(west);
      GiveUp over = (GiveUp) failed(next, FailureKind.LOCAL_SHORTAGE);
      assertThat(over.reason())
          .isInstanceOf(NoTargetAvailableException.class)
          .hasMessageContaining("LOCAL_SHORTAGE");
    }

    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(east);
  }

  @Test
  void wordOfTheProviderCountsForAMinuteAtMostUnlessTheOwnerSaysOtherwise() {
    Failure far = Failure.of(FailureKind.THROTTLED, "x").retryAfter(Duration.ofDays(1));
    Router router = oneTier(east, west);
    attempt(attempt(router.begin(CALL)).failed(Errors.of(far))).completed(null);

    clock.advance(Duration.ofSeconds(59));
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(west);
    clock.advance(Duration.ofSeconds(1));
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(east);

    RoutePolicy short1 =
        RoutePolicy.DEFAULTS.withFailures(new FailurePolicy(Set.of(), Duration.ofSeconds(5)));
    Router impatient = oneTier(short1, RoutingStrategy.ordered(), haiku, third);
    attempt(attempt(impatient.begin(CALL)).failed(Errors.of(far))).completed(null);
    clock.advance(Duration.ofSeconds(5));
    assertThat(attempt(impatient.begin(CALL)).target()).isEqualTo(haiku);
  }
}
