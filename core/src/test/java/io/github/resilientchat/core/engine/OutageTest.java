package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nobody is well: who is asked all the same, and how often. */
class OutageTest extends RoutedCalls {

  private void open(Router router) {
    for (int call = 0; call < 5; call++) {
      attempt(router.begin(CALL)).failed(Errors.of(FailureKind.TIMED_OUT));
    }
  }

  @Test
  void outageThatOnlyBreakersKnowIsProbedTenTimesASecond() {
    Router router = router(RoutePolicy.DEFAULTS.withRetry(attempts(1)), east);
    open(router);
    Attempt probe = attempt(router.begin(CALL));
    assertThat(router.begin(CALL)).isInstanceOf(GiveUp.class);

    clock.advance(Duration.ofMillis(100));
    assertThat(router.begin(CALL)).isInstanceOf(Attempt.class);
    assertThat(router.begin(CALL)).isInstanceOf(GiveUp.class);
    probe.completed(null);

    assertThat(router.begin(CALL)).isInstanceOf(Attempt.class);
  }

  @Test
  void usedUpQuotaIsNeverOverruledAndSaysNothingOfTheOtherTargets() {
    Router router = router(east, second);
    open(router(east));
    attempt(router(second, third).begin(CALL)).failed(Errors.of(FailureKind.QUOTA_EXHAUSTED));

    clock.advance(Duration.ofSeconds(2));

    Attempt urgent = attempt(router.begin(CALL));
    assertThat(urgent.target()).isEqualTo(east);
    assertThat(urgent.failed(Errors.of(FailureKind.TIMED_OUT))).isInstanceOf(GiveUp.class);
    assertThat(router.begin(CALL)).isInstanceOf(GiveUp.class);
  }

  @Test
  void nobodyWhoIsHurtIsAskedInPlaceOfOneWhoIsOnlyFull() {
    open(router(east));
    router(full).begin(CALL);

    assertThat(router(east, full).begin(CALL)).isInstanceOf(GiveUp.class);
  }

  @Test
  void clockThatStartsBelowZeroProbesAndForgetsLikeAnyOther() {
    VirtualClock early = new VirtualClock(-Duration.ofDays(100).toNanos());
    Engine engine =
        Engine.builder().ticker(early).random(new Random(7)).classifier(Errors.CLASSIFIER).build();
    Router router =
        engine.router(
            Route.named("chat")
                .policy(RoutePolicy.DEFAULTS.withRetry(attempts(1)))
                .tier(east)
                .build());
    for (int call = 0; call < 5; call++) {
      attempt(router.begin(CALL)).failed(Errors.of(FailureKind.TIMED_OUT));
    }
    attempt(router.begin(CALL)).failed(Errors.of(FailureKind.TIMED_OUT));
    assertThat(router.begin(CALL)).isInstanceOf(GiveUp.class);

    early.advance(Duration.ofMillis(100));

    assertThat(router.begin(CALL)).isInstanceOf(Attempt.class);
  }
}
