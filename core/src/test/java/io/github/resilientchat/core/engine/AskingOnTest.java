package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.route.RetryPolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the same target is asked again: nobody else could answer, or it is likely to now. */
class AskingOnTest extends RoutedCalls {

  private static final RoutePolicy ONE_ATTEMPT =
      RoutePolicy.DEFAULTS.withRetry(
          new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), 0));

  /** As a client with retries of its own would, and with its patience. */
  @Test
  void callThatHasOneTargetAsksOnForTenSeconds() {
    for (FailureKind kind :
        List.of(
            FailureKind.UNAVAILABLE,
            FailureKind.DISCONNECTED,
            FailureKind.MODEL_FAILED,
            FailureKind.NO_CAPACITY)) {
      Target alone = target("alone" + kind, "m" + kind, "us-east-1", "a" + kind);
      Router router = oneTier(alone);
      long began = clock.nanos();
      Step step = router.begin(CALL);
      while (!(step instanceof GiveUp)) {
        if (step instanceof Pause pause) {
          clock.advance(pause.delay());
          step = pause.resume();
        } else {
          step = failed(step, kind);
        }
      }
      assertThat(Duration.ofNanos(clock.nanos() - began))
          .as("%s", kind)
          .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(12));

      Step later = router.begin(CALL);
      while (later instanceof Pause pause) {
        clock.advance(pause.delay());
        later = pause.resume();
      }
      assertThat(attempt(later).completed(null)).as("%s, recovered", kind).isTrue();
    }
  }

  /** A connection that died without a word is noticed late, and the next one answers. */
  @Test
  void callThatHasOneTargetHasFourAttemptsHoweverLongEachTakes() {
    Step step = oneTier(target("slow", "m", "us-east-1", "slow")).begin(CALL);
    int attempts = 0;
    while (!(step instanceof GiveUp)) {
      if (step instanceof Pause pause) {
        clock.advance(pause.delay());
        step = pause.resume();
      } else {
        attempts++;
        clock.advance(Duration.ofSeconds(8));
        step = failed(step, FailureKind.DISCONNECTED);
      }
    }

    assertThat(attempts).isEqualTo(4);
  }

  /** Without backoff too: whoever waits for a target that refuses would ask all the time. */
  @Test
  void callThatWaitsForItsOnlyTargetPausesWhateverItsBackoff() {
    RetryPolicy atOnce = new RetryPolicy(3, Duration.ZERO, Duration.ZERO);
    Step step =
        oneTier(RoutePolicy.DEFAULTS.withRetry(atOnce), RoutingStrategy.ordered(), east)
            .begin(CALL);
    int pauses = 0;
    while (!(step instanceof GiveUp)) {
      if (step instanceof Pause pause) {
        pauses++;
        assertThat(pause.delay()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
        clock.advance(pause.delay());
        step = pause.resume();
      } else {
        step = failed(step, FailureKind.UNAVAILABLE);
      }
    }

    assertThat(pauses).isPositive();
  }

  @Test
  void whoAllowsOneAttemptHasOne() {
    Router router = oneTier(ONE_ATTEMPT, RoutingStrategy.ordered(), third);

    assertThat(failed(router.begin(CALL), FailureKind.UNAVAILABLE)).isInstanceOf(GiveUp.class);
  }

  @Test
  void onlyTargetIsAskedTenTimesASecondHoweverItFails() {
    Router router = oneTier(ONE_ATTEMPT, RoutingStrategy.ordered(), east);
    for (int call = 0; call < 20; call++) {
      if (router.begin(CALL) instanceof Attempt attempt) {
        attempt.failed(Errors.of(FailureKind.MODEL_FAILED));
      }
    }
    int asked = 0;
    for (int moment = 0; moment < 100; moment++) {
      clock.advance(Duration.ofMillis(10));
      if (router.begin(CALL) instanceof Attempt attempt) {
        asked++;
        attempt.failed(Errors.of(FailureKind.MODEL_FAILED));
      }
    }
    assertThat(asked).isBetween(9, 11);
    clock.advance(Duration.ofMillis(100));
    assertThat(attempt(router.begin(CALL)).completed(null)).isTrue();
    assertThat(attempt(router.begin(CALL)).completed(null)).isTrue();
    assertThat(router.begin(CALL)).isInstanceOf(Attempt.class);
  }

  /** Late is better than never, although the target rests too. */
  @Test
  void onlyTargetIsAskedAlthoughItFailsAndUsuallyTakesTooLong() {
    Router router = oneTier(east);
    Attempt slow = attempt(router.begin(CALL));
    clock.advance(Duration.ofSeconds(20));
    slow.completed(null);
    for (int call = 0; call < 20; call++) {
      if (router.begin(CALL) instanceof Attempt attempt) {
        attempt.failed(Errors.of(FailureKind.MODEL_FAILED));
      }
    }
    clock.advance(Duration.ofSeconds(1));

    assertThat(router.begin(CALL.within(Duration.ofSeconds(5)))).isInstanceOf(Attempt.class);
  }

  @Test
  void credentialsThatFailedAreAskedForAgainAtOnceWhateverTheRetrySettings() {
    Router router = oneTier(ONE_ATTEMPT, RoutingStrategy.ordered(), east, haiku);

    Attempt corrected = attempt(failed(router.begin(CALL), FailureKind.UNAUTHENTICATED));

    assertThat(corrected.target()).isEqualTo(east);
    corrected.completed(null);
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(east);
  }
}
