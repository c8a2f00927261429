package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.report.CallTimeoutException;
import io.github.resilientchat.core.route.RetryPolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a call and its attempts may take. */
class CallTimeTest extends RoutedCalls {

  @Test
  void deadlineEndsTheCallBetweenAttempts() {
    Router router = router(RoutePolicy.DEFAULTS.withTimeout(Duration.ofSeconds(10)), east, west);
    Attempt first = attempt(router.begin(CALL));
    clock.advance(Duration.ofSeconds(10));

    Step next = first.failed(Errors.of(FailureKind.TIMED_OUT));

    assertThat(reason(next, CallTimeoutException.class)).hasMessageContaining("east: TIMED_OUT");
  }

  @Test
  void requestsOwnTimeLimitComesBeforeTheRoutes() {
    Attempt attempt = attempt(router(east).begin(CALL.within(Duration.ofSeconds(2))));

    assertThat(attempt.patience()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void patienceFollowsTheStreamFromFirstTokenToIdleToDeadline() {
    RoutePolicy policy =
        RoutePolicy.DEFAULTS
            .withTimeout(Duration.ofSeconds(30))
            .withFirstTokenTimeout(Duration.ofSeconds(8))
            .withIdleTimeout(Duration.ofSeconds(20));
    Attempt attempt =
        attempt(
            router(policy, east)
                .begin(ModelCall.streaming(Caller.ANONYMOUS, new TokenEstimate(1, 1))));

    assertThat(attempt.patience()).isEqualTo(Duration.ofSeconds(8));
    clock.advance(Duration.ofSeconds(5));
    assertThat(attempt.patience()).isEqualTo(Duration.ofSeconds(3));
    attempt.accept();
    assertThat(attempt.patience()).isEqualTo(Duration.ofSeconds(20));
    clock.advance(Duration.ofSeconds(15));
    assertThat(attempt.patience()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void attemptLeavesRoomForAnotherTarget() {
    RoutePolicy policy = RoutePolicy.DEFAULTS.withTimeout(Duration.ofSeconds(40));

    assertThat(attempt(router(policy, east, west).begin(CALL)).patience())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(attempt(router(policy, east).begin(CALL)).patience())
        .isEqualTo(Duration.ofSeconds(40));
  }

  private Router withSlowFirst(Target... targets) {
    Router router = router(targets);
    Attempt slow = attempt(router.begin(CALL));
    clock.advance(Duration.ofSeconds(20));
    slow.completed(Usage.of(1, 100));
    return router;
  }

  @Test
  void nothingStartsThatCannotFinishWhileAnotherTargetCan() {
    Router router = withSlowFirst(east, west);

    Attempt hurried = attempt(router.begin(CALL.within(Duration.ofSeconds(5))));

    assertThat(hurried.target()).isEqualTo(west);
    hurried.completed(null);
    assertThat(hurried.callReport().moves())
        .containsExactly("east: usually takes longer than the time that is left");
    assertThat(attempt(router.begin(CALL.within(Duration.ofSeconds(15)))).target()).isEqualTo(east);
  }

  @Test
  void lastCandidateIsAskedHoweverLittleTimeIsLeft() {
    Router router = withSlowFirst(east);

    assertThat(attempt(router.begin(CALL.within(Duration.ofSeconds(5)))).target()).isEqualTo(east);
  }

  @Test
  void slowAnswerIsForgottenWhenNothingWasHeardForAWhile() {
    Router router = withSlowFirst(east, west);

    clock.advance(Duration.ofDays(7));

    assertThat(attempt(router.begin(CALL.within(Duration.ofSeconds(10)))).target()).isEqualTo(east);
  }

  @Test
  void timeLimitsForEverAreNoOverflow() {
    Duration ever = Duration.ofSeconds(Long.MAX_VALUE);
    RoutePolicy patient =
        RoutePolicy.DEFAULTS
            .withTimeout(ever)
            .withAttemptTimeout(ever)
            .withFirstTokenTimeout(ever)
            .withIdleTimeout(ever)
            .withMaxWait(ever)
            .withRetry(new RetryPolicy(3, ever, ever));
    Attempt attempt = attempt(router(patient, east, west).begin(CALL));
    assertThat(attempt.patience()).isPositive();
    assertThat(attempt.failed(Errors.of(FailureKind.NOT_READY))).isInstanceOf(Pause.class);
    assertThat(router(east).begin(CALL.within(ever))).isInstanceOf(Attempt.class);
  }
}
