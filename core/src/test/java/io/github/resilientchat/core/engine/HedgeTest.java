package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.AlreadyEnded;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two targets that are asked beside each other, and what becomes of the one that loses. */
class HedgeTest extends HedgedCalls {

  private final Engine engine = engine().build();
  private final Router router = router(engine, new HedgePolicy(AFTER, 5), first, second);

  @Test
  void hedgeThatHasContentFirstWinsAndTheOtherIsOver() {
    Attempt slow = begin(router);
    assertThat(slow.hedgeAfter()).contains(AFTER);
    Attempt hedge = (Attempt) slow.hedge();
    assertThat(hedge.target()).isEqualTo(second);

    assertThat(hedge.accept()).isTrue();

    assertThat(slow.accept()).isFalse();
    assertThat(slow.completed(Usage.of(1, 1))).isFalse();
    assertThat(hedge.completed(Usage.of(10, 10))).isTrue();
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).servedBy()).contains(second);
    assertThat(reports.get(0).moves()).containsExactly("first: CANCELLED (HedgeLost)");
  }

  @Test
  void firstAttemptMayStillWin() {
    Attempt slow = begin(router);
    Attempt hedge = (Attempt) slow.hedge();

    assertThat(slow.accept()).isTrue();

    assertThat(hedge.accept()).isFalse();
    assertThat(hedge.failed(Errors.of(FailureKind.UNAVAILABLE))).isSameAs(AlreadyEnded.INSTANCE);
    assertThat(slow.completed(null)).isTrue();
  }

  @Test
  void loserWhoseThreadIsInterruptedLateChangesNothingForTheWinner() {
    Attempt slow = begin(router);
    Attempt hedge = (Attempt) slow.hedge();
    slow.accept();

    assertThat(hedge.abandoned()).isSameAs(AlreadyEnded.INSTANCE);

    assertThat(slow.completed(null)).isTrue();
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.ANSWERED);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"REJECTED", "FILTERED", "TOO_LONG", "CANCELLED", "UNAVAILABLE"})
  void loserThatFailsJustAfterTheWinnersFirstContentChangesNothing(FailureKind kind) {
    Attempt slow = begin(router);
    Attempt hedge = (Attempt) slow.hedge();
    assertThat(hedge.accept()).isTrue();

    assertThat(slow.failed(Errors.of(kind))).isSameAs(AlreadyEnded.INSTANCE);

    assertThat(hedge.completed(Usage.of(1, 1))).isTrue();
    assertThat(reports).extracting(CallReport::ending).containsExactly(CallReport.Ending.ANSWERED);
  }

  @Test
  void failureOfOneChangesNothingForTheOther() {
    Attempt slow = begin(router);
    Attempt hedge = (Attempt) slow.hedge();

    assertThat(slow.failed(Errors.of(FailureKind.UNAVAILABLE))).isSameAs(AlreadyEnded.INSTANCE);

    assertThat(hedge.accept()).isTrue();
    assertThat(hedge.completed(null)).isTrue();
    assertThat(reports).hasSize(1);
  }

  @Test
  void whenBothFailTheCallEndsOnce() {
    Attempt slow = begin(router);
    Attempt hedge = (Attempt) slow.hedge();

    slow.failed(Errors.of(FailureKind.MODEL_FAILED));
    Step end = hedge.failed(Errors.of(FailureKind.MODEL_FAILED));

    assertThat(((GiveUp) end).reason())
        .isInstanceOf(NoTargetAvailableException.class)
        .hasMessageContaining("first: MODEL_FAILED")
        .hasMessageContaining("second: MODEL_FAILED");
    assertThat(reports).hasSize(1);
  }

  @Test
  void hedgedAttemptsLeaveNoTimeForTargetsThatAreBeingAsked() {
    Router pressed =
        engine.router(
            Route.named("pressed")
                .strategy(RoutingStrategy.ordered())
                .tier(first, second)
                .policy(
                    RoutePolicy.DEFAULTS
                        .withHedge(new HedgePolicy(AFTER, 5))
                        .withTimeout(Duration.ofSeconds(12)))
                .build());
    Attempt slow = begin(pressed);
    assertThat(slow.patience()).isEqualTo(Duration.ofSeconds(9));
    clock.advance(AFTER);

    Attempt hedge = (Attempt) slow.hedge();

    assertThat(hedge.patience()).isEqualTo(Duration.ofSeconds(10));
    assertThat(slow.patience()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void callerWhoLeavesEndsBoth() {
    Attempt slow = begin(router);
    Attempt hedge = (Attempt) slow.hedge();

    slow.cancelled();

    assertThat(hedge.accept()).isFalse();
    hedge.cancelled();
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).ending()).isEqualTo(CallReport.Ending.CANCELLED);
  }

  @Test
  void brokenStreamSettlesToWhatWasReceived() {
    Target limited = Target.builder("limited").limits(Limits.parse("10ktpm")).build();
    Router one = router(engine, HedgePolicy.OFF, limited);
    ModelCall big = ModelCall.streaming(Caller.user("u"), new TokenEstimate(1_000, 8_000));
    Attempt attempt = (Attempt) one.begin(big);
    attempt.accept();
    attempt.received(350);
    attempt.received(350);

    GiveUp end = (GiveUp) attempt.failed(Errors.of(FailureKind.MODEL_FAILED));

    assertThat(((StreamInterruptedException) end.reason()).tokensReceived()).isEqualTo(200);
    assertThat(reports.get(0).usage()).isEqualTo(Usage.of(1_000, 200));
    assertThat(one.begin(ModelCall.streaming(Caller.user("u"), new TokenEstimate(8_800, 0))))
        .isInstanceOf(Attempt.class);
  }

  @Test
  void signOfLifeSwitchesToTheIdleTimeoutWithoutCommitting() {
    Attempt attempt = (Attempt) router.begin(call());
    clock.advance(Duration.ofSeconds(59));
    assertThat(attempt.patience()).isEqualTo(Duration.ofSeconds(1));

    attempt.heard(0);

    assertThat(attempt.patience()).isEqualTo(Duration.ofSeconds(30));
    assertThat(attempt.failed(Errors.of(FailureKind.UNAVAILABLE))).isInstanceOf(Attempt.class);
  }
}
