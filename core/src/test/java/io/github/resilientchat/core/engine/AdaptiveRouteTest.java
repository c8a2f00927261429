package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.AlreadyEnded;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whom the adaptive strategy leaves, and when it comes back. */
class AdaptiveRouteTest extends RoutedCalls {

  @Test
  void adaptiveSpreadsABurstOverTargetsOfDifferentSpeed() {
    Router router = oneTier(RoutePolicy.DEFAULTS, RoutingStrategy.adaptive(), east, second, third);
    Map<Target, Integer> seconds = Map.of(east, 1, second, 2, third, 2);
    for (int call = 0; call < 60; call++) {
      Attempt attempt = attempt(router.begin(CALL));
      clock.advance(Duration.ofSeconds(seconds.get(attempt.target())));
      attempt.completed(Usage.of(10, 100));
    }
    Map<Target, Integer> burst = new HashMap<>();
    for (int call = 0; call < 40; call++) {
      burst.merge(attempt(router.begin(CALL)).target(), 1, Integer::sum);
    }
    assertThat(burst.get(east)).isLessThanOrEqualTo(24);
    assertThat(burst.get(second)).isGreaterThanOrEqualTo(8);
    assertThat(burst.get(third)).isGreaterThanOrEqualTo(8);
  }

  /** Fast and broken for eight seconds, three failures, and nobody but adaptive to find out. */
  @Test
  void whatFailedAFewTimesIsAskedAgainBeforeLong() {
    for (ModelCall call : List.of(CALL, STREAM)) {
      Target fast = target("fast" + call.streaming(), "fast", "us-east-1", "f");
      Router router =
          oneTier(RoutePolicy.DEFAULTS, RoutingStrategy.adaptive(), fast, second, third);
      for (int known = 0; known < 5; known++) {
        Attempt attempt = attempt(oneTier(fast).begin(call));
        clock.advance(Duration.ofMillis(50));
        attempt.completed(Usage.of(10, 100));
      }
      long broken = clock.nanos() + Duration.ofSeconds(8).toNanos();
      long back = 0;
      while (back == 0 && clock.nanos() < broken + Duration.ofSeconds(60).toNanos()) {
        Step step = router.begin(call);
        while (step instanceof Attempt attempt) {
          boolean isFast = attempt.target() == fast;
          clock.advance(Duration.ofMillis(isFast ? 50 : 400));
          if (isFast && clock.nanos() < broken) {
            step = failed(step, FailureKind.MODEL_FAILED);
            continue;
          }
          back = isFast ? clock.nanos() : 0;
          attempt.completed(Usage.of(10, 100));
          step = AlreadyEnded.INSTANCE;
        }
        clock.advance(Duration.ofMillis(220));
      }
      assertThat(Duration.ofNanos(back - broken)).isBetween(Duration.ZERO, Duration.ofSeconds(15));
    }
  }

  /** Long before its attempts time out, and without a failure to go by. */
  @Test
  void targetThatFallsSilentIsLeftForOneThatAnswers() {
    Router router = oneTier(RoutePolicy.DEFAULTS, RoutingStrategy.adaptive(), east, third);
    for (int call = 0; call < 40; call++) {
      Attempt attempt = attempt(router.begin(CALL));
      clock.advance(Duration.ofMillis(attempt.target() == east ? 1000 : 1500));
      attempt.completed(Usage.of(10, 100));
    }
    Attempt silent = attempt(router.begin(CALL));
    assertThat(silent.target()).as("the faster one").isEqualTo(east);

    clock.advance(Duration.ofSeconds(3));
    Attempt next = attempt(router.begin(CALL));
    assertThat(next.target()).isEqualTo(third);

    clock.advance(Duration.ofMillis(1500));
    next.completed(Usage.of(10, 100));
    silent.completed(Usage.of(10, 100));
    assertThat(attempt(router.begin(CALL)).target()).as("it answered").isEqualTo(east);
  }
}
