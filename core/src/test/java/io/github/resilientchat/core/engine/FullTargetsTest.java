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
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Targets over their limits: what a call waits for, and how long. */
class FullTargetsTest extends RoutedCalls {

  @Test
  void refusedCallGivesBackTheTargetsTokens() {
    Target limited = Target.builder("limited").limits(Limits.parse("1rpm 1000tpm")).build();
    Router router = router(limited);
    attempt(router.begin(CALL)).failed(Errors.of(FailureKind.REJECTED));

    assertThat(router.begin(CALL)).isInstanceOf(Attempt.class);
  }

  @Test
  void callWaitsForTheEarliestTargetWhenTheRouteAllowsIt() {
    Target limited = Target.builder("limited").limits(Limits.parse("1rpm")).build();
    Router router = router(RoutePolicy.DEFAULTS.withMaxWait(Duration.ofSeconds(60)), limited);
    attempt(router.begin(CALL)).completed(null);

    Pause pause = (Pause) router.begin(CALL);

    assertThat(pause.delay()).isEqualTo(Duration.ofSeconds(60));
    clock.advance(pause.delay());
    assertThat(attempt(pause.resume()).target()).isEqualTo(limited);
  }

  @Test
  void callThatEveryTargetThrottledWaitsForTheEarliestOfThem() {
    Router router = router(RoutePolicy.DEFAULTS.withMaxWait(Duration.ofSeconds(10)), east, west);
    Failure soon = Failure.of(FailureKind.THROTTLED, "x").retryAfter(Duration.ofSeconds(2));
    Failure later = Failure.of(FailureKind.THROTTLED, "x").retryAfter(Duration.ofSeconds(5));

    Step step = attempt(router.begin(CALL)).failed(Errors.of(later));
    Pause pause = (Pause) attempt(step).failed(Errors.of(soon));

    assertThat(pause.delay()).isEqualTo(Duration.ofSeconds(2));
    clock.advance(pause.delay());
    assertThat(attempt(pause.resume()).target()).isEqualTo(west);
  }

  @Test
  void allTargetsOverTheirLimitsSayWhenToComeBack() {
    Target slow = Target.builder("slow").limits(Limits.parse("1rpm")).build();
    Target fast = Target.builder("fast").limits(Limits.parse("6rpm")).build();
    Router router = router(slow, fast);
    for (int call = 0; call < 7; call++) {
      attempt(router.begin(CALL)).completed(null);
    }

    NoTargetAvailableException error = reason(router.begin(CALL), NoTargetAvailableException.class);

    assertThat(error.retryAfter()).contains(Duration.ofSeconds(10));
    assertThat(error).hasMessageContaining("slow: over 1rpm").hasMessageContaining("fast: over 6");
    clock.advance(Duration.ofSeconds(10));
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(fast);
  }

  @Test
  void onlyWaitingCountsAgainstTheLongestWait() {
    Target limited = Target.builder("limited").limits(Limits.parse("1rpm")).build();
    Router router = router(RoutePolicy.DEFAULTS.withMaxWait(Duration.ofSeconds(5)), limited, east);
    attempt(router.begin(CALL)).completed(null);
    Attempt slow = attempt(router.begin(CALL));
    clock.advance(Duration.ofSeconds(57));

    Step step = slow.failed(Errors.of(FailureKind.MODEL_FAILED));

    assertThat(step).isInstanceOf(Pause.class);
    assertThat(((Pause) step).delay()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void waitsOfOneCallAddUp() {
    Target limited = Target.builder("limited").limits(Limits.parse("1rpm")).build();
    Router router = router(RoutePolicy.DEFAULTS.withMaxWait(Duration.ofSeconds(100)), limited);
    attempt(router.begin(CALL)).completed(null);
    Pause pause = (Pause) router.begin(CALL);
    clock.advance(pause.delay());
    attempt(router.begin(CALL)).completed(null);

    assertThat(pause.resume()).isInstanceOf(GiveUp.class);
  }
}
