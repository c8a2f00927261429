package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.route.RetryPolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows an attempt that failed: another target, the same one, or the caller. */
class MovingOnTest extends RoutedCalls {

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {
        "THROTTLED",
        "QUOTA_EXHAUSTED",
        "UNAVAILABLE",
        "TIMED_OUT",
        "MODEL_FAILED",
        "NOT_PERMITTED",
        "MISCONFIGURED"
      })
  void anotherTargetIsTriedAtOnceAfter(FailureKind kind) {
    Router router = router(east, target("other", "nova", "eu-west-1", "third"));

    Step next = attempt(router.begin(CALL)).failed(Errors.of(kind));

    assertThat(attempt(next).target().name()).isEqualTo("other");
  }

  @Test
  void rejectedRequestReachesTheCallerAsItIsAndTouchesNoOtherTarget() {
    Router router = router(east, west);
    RuntimeException refused = Errors.of(FailureKind.REJECTED);

    Step next = attempt(router.begin(CALL)).failed(refused);

    assertThat(reason(next, RuntimeException.class)).isSameAs(refused);
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).attempts()).hasSize(1);
  }

  @Test
  void unknownErrorIsTreatedAsTheCallersOwn() {
    IllegalStateException bug = new IllegalStateException("bug");

    Step next = attempt(router(east, west).begin(CALL)).failed(bug);

    assertThat(reason(next, IllegalStateException.class)).isSameAs(bug);
  }

  @Test
  void unknownErrorOfATargetThatHadTakenTheRequestIsTheTargets() {
    Attempt attempt = attempt(router(east, west).begin(CALL));
    attempt.taken();

    Step next = attempt.failed(new NullPointerException());

    assertThat(attempt(next).target()).isEqualTo(west);
  }

  @Test
  void modelThatIsNotReadyIsTriedAgainAfterAShortPauseThenLeft() {
    Router router = router(RoutePolicy.DEFAULTS.withRetry(attempts(4)), east, west);
    Step step = router.begin(CALL);
    for (int retry = 0; retry < 2; retry++) {
      step = attempt(step).failed(Errors.of(FailureKind.NOT_READY));
      assertThat(step).isInstanceOf(Pause.class);
      assertThat(((Pause) step).delay()).isLessThan(Duration.ofMillis(400));
      step = ((Pause) step).resume();
      assertThat(attempt(step).target()).isEqualTo(east);
    }

    Step next = attempt(step).failed(Errors.of(FailureKind.NOT_READY));

    assertThat(attempt(next).target()).isEqualTo(west);
  }

  @Test
  void pauseThatDoesNotFitTheTimeLeftIsNoReasonToGiveUp() {
    RetryPolicy patient = new RetryPolicy(3, Duration.ofHours(1), Duration.ofHours(1));
    Router router = router(RoutePolicy.DEFAULTS.withRetry(patient), east, west);

    Step next = attempt(router.begin(CALL)).failed(Errors.of(FailureKind.NOT_READY));

    assertThat(attempt(next).target()).isEqualTo(west);
  }

  @Test
  void overloadedServerIsLeftForAnotherTargetBeforeItIsTriedAgain() {
    Failure serverError = Failure.of(FailureKind.UNAVAILABLE, "500");
    Router router = router(east, west);

    Step next = attempt(router.begin(CALL)).failed(Errors.of(serverError));
    assertThat(attempt(next).target()).isEqualTo(west);
    next = attempt(next).failed(Errors.of(serverError));
    assertThat(next).isInstanceOf(Pause.class);

    assertThat(attempt(((Pause) next).resume()).target()).isEqualTo(west);
  }

  @Test
  void tooLongPromptGoesOnlyToALargerContextWindow() {
    Target small = sized("small", 100);
    Target alsoSmall = sized("alsosmall", 100);
    Target large = sized("large", 200);
    Router router = router(small, alsoSmall, large);

    Step next = attempt(router.begin(CALL)).failed(Errors.of(FailureKind.TOO_LONG));

    assertThat(attempt(next).target()).isEqualTo(large);
  }

  @Test
  void tooLongPromptReachesTheCallerWhenNoTargetIsLarger() {
    RuntimeException tooLong = Errors.of(FailureKind.TOO_LONG);

    Step next = attempt(router(sized("a", 100), sized("b", 100)).begin(CALL)).failed(tooLong);

    assertThat(reason(next, RuntimeException.class)).isSameAs(tooLong);
  }

  private static Target sized(String name, long window) {
    return Target.builder(name).traits(new Target.Traits(window, null, 1)).build();
  }

  @Test
  void attemptsEndAtTheLimitAndTheErrorListsEveryTarget() {
    Router router = router(RoutePolicy.DEFAULTS.withRetry(attempts(2)), east, second, haiku);

    Step step = attempt(router.begin(CALL)).failed(Errors.of(FailureKind.NO_CAPACITY));
    step = attempt(step).failed(Errors.of(FailureKind.UNAVAILABLE));

    NoTargetAvailableException error = reason(step, NoTargetAvailableException.class);
    assertThat(error)
        .hasMessageContaining("route chat: its 2 attempts are used up")
        .hasMessageContaining("east: NO_CAPACITY (no_capacity), cooling down for")
        .hasMessageContaining("second: UNAVAILABLE (unavailable)")
        .hasMessageContaining("haiku: not tried")
        .hasMessageContaining("Try again in");
    assertThat(error.getMessage()).doesNotContain("secret prompt");
    assertThat(error.retryAfter()).hasValueSatisfying(wait -> assertThat(wait).isPositive());
    assertThat(error.getCause()).isNotNull();
    assertThat(error.getSuppressed()).hasSize(1);
  }
}
