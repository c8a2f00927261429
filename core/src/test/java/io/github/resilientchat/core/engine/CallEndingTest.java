package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.AlreadyEnded;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.Route;
import org.junit.jupiter.api.Test;

/** How a call ends: once, whatever comes late. */
class CallEndingTest extends RoutedCalls {

  @Test
  void brokenStreamAfterContentNeverMovesToAnotherTarget() {
    Router router = router(east, west);
    Attempt attempt = attempt(router.begin(CALL));
    attempt.accept();
    RuntimeException broken = Errors.of(FailureKind.MODEL_FAILED);

    StreamInterruptedException error =
        reason(attempt.failed(broken), StreamInterruptedException.class);

    assertThat(error.target()).isEqualTo(east);
    assertThat(error.retryable()).isTrue();
    assertThat(error).hasCause(broken);
    assertThat(error.withPartialText("half an ans").partialText()).isEqualTo("half an ans");
    assertThat(error.withPartialText("half an ans").getMessage()).doesNotContain("half");
  }

  @Test
  void firstEndingWinsAndEveryLaterSignalDoesNothing() {
    Attempt attempt = attempt(router(east, west).begin(CALL));

    assertThat(attempt.completed(Usage.of(1, 1))).isTrue();
    assertThat(attempt.completed(Usage.of(1, 1))).isFalse();
    assertThat(attempt.failed(Errors.of(FailureKind.UNAVAILABLE))).isSameAs(AlreadyEnded.INSTANCE);
    assertThat(attempt.accept()).isFalse();
    attempt.cancelled();
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).ending()).isEqualTo(CallReport.Ending.ANSWERED);
  }

  @Test
  void cancelledCallEndsOnceAndSaysNothingAboutTheTarget() {
    Router router = router(east, west);
    Attempt attempt = attempt(router.begin(CALL));

    attempt.cancelled();
    attempt.cancelled();

    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).ending()).isEqualTo(CallReport.Ending.CANCELLED);
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(east);
  }

  @Test
  void pauseIsEndedOnce() {
    Router router = router(east);
    Pause pause = (Pause) attempt(router.begin(CALL)).failed(Errors.of(FailureKind.NOT_READY));

    assertThat(pause.resume()).isInstanceOf(Attempt.class);
    assertThat(pause.resume()).isSameAs(AlreadyEnded.INSTANCE);
    pause.cancelled();
    assertThat(reports).isEmpty();
  }

  @Test
  void lateContentOfAFailedAttemptDoesNotKeepTheNextFromAnswering() {
    Attempt first = attempt(router(east, west).begin(CALL));
    Attempt second = attempt(first.failed(Errors.of(FailureKind.UNAVAILABLE)));

    assertThat(first.accept()).isFalse();

    assertThat(second.accept()).isTrue();
    assertThat(second.completed(null)).isTrue();
  }

  @Test
  void listenerThatThrowsHarmsNobody() {
    Engine fragile =
        Engine.builder()
            .listener(
                new RouteListener() {
                  @Override
                  public void onCall(CallReport report) {
                    throw new IllegalStateException("listener");
                  }
                })
            .build();
    Attempt attempt = attempt(fragile.router(Route.named("chat").tier(east).build()).begin(CALL));

    assertThat(attempt.completed(null)).isTrue();
  }
}
