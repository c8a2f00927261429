package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.AttemptFailedException;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a route lets follow, how long its streams go on, and whom it keeps away. */
class RouteBoundsTest {

  private static final ModelCall CALL =
      ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(100, 400));
  private static final ModelCall STREAM =
      ModelCall.streaming(Caller.ANONYMOUS, new TokenEstimate(100, 400));

  private final VirtualClock clock = new VirtualClock();
  private final Engine engine =
      Engine.builder().ticker(clock).random(new Random(7)).classifier(Errors.CLASSIFIER).build();
  private final Target first = Target.named("first");
  private final Target second = Target.named("second");

  private Router router(RoutePolicy policy, Target... targets) {
    return engine.router(
        Route.named("chat")
            .strategy(RoutingStrategy.ordered())
            .policy(policy)
            .tier(targets)
            .build());
  }

  private static Attempt attempt(Step step) {
    assertThat(step).isInstanceOf(Attempt.class);
    return (Attempt) step;
  }

  @Test
  void attemptThatFailedSoonIsFollowedByAnother() {
    Router router =
        router(RoutePolicy.DEFAULTS.withFastWithin(Duration.ofSeconds(2)), first, second);
    Attempt fast = attempt(router.begin(CALL));
    clock.advance(Duration.ofSeconds(1));

    assertThat(attempt(fast.failed(Errors.of(FailureKind.UNAVAILABLE))).target()).isEqualTo(second);
  }

  @Test
  void attemptThatTookLongToFailIsTheLast() {
    Router router =
        router(RoutePolicy.DEFAULTS.withFastWithin(Duration.ofSeconds(2)), first, second);
    Attempt slow = attempt(router.begin(CALL));
    clock.advance(Duration.ofSeconds(3));

    Step step = slow.failed(Errors.of(FailureKind.TIMED_OUT));

    assertThat(step).isInstanceOf(GiveUp.class);
    assertThat(((GiveUp) step).reason()).hasMessageContaining("longer to fail");
  }

  @Test
  void slowRefusalThatCostsNothingIsFollowedAllTheSame() {
    Router router =
        router(RoutePolicy.DEFAULTS.withFastWithin(Duration.ofSeconds(2)), first, second);
    Attempt slow = attempt(router.begin(CALL));
    clock.advance(Duration.ofSeconds(3));

    assertThat(attempt(slow.failed(Errors.of(FailureKind.THROTTLED))).target()).isEqualTo(second);
  }

  @Test
  void lastAttemptIsNotSpentAtAModelThatIsStillNotReady() {
    Router router = router(RoutePolicy.DEFAULTS, first, second);
    Pause pause = (Pause) attempt(router.begin(CALL)).failed(Errors.of(FailureKind.NOT_READY));

    Step next = attempt(pause.resume()).failed(Errors.of(FailureKind.NOT_READY));

    assertThat(attempt(next).target()).isEqualTo(second);
  }

  @Test
  void streamIsCutWhenItHasTakenAsLongAsItMayAndNobodyIsBlamed() {
    Router router =
        router(RoutePolicy.DEFAULTS.withMaxDuration(Duration.ofSeconds(20)), first, second);
    Attempt stream = attempt(router.begin(STREAM));
    clock.advance(Duration.ofSeconds(5));
    stream.accept();
    clock.advance(Duration.ofSeconds(15));
    stream.received(10);
    assertThat(stream.untilSilent()).isEqualTo(Duration.ofSeconds(5));
    clock.advance(Duration.ofSeconds(5));
    assertThat(stream.untilSilent()).isZero();

    Step end = stream.failed(AttemptFailedException.noSignal(stream.waited(), true));

    assertThat(end).isInstanceOf(GiveUp.class);
    AttemptReport report = ((GiveUp) end).report().attempts().get(0);
    assertThat(report.failure()).hasToString("REJECTED (MaxDuration)");
    assertThat(report.then().blamesTarget()).isFalse();
  }

  @Test
  void targetBelowWhatTheRouteRequiresIsNeverAsked() {
    Target weak =
        Target.builder("weak").traits(new Target.Traits(0, Set.of(Capability.TOOLS), 1)).build();
    Router router =
        router(RoutePolicy.DEFAULTS.withRequires(Set.of(Capability.IMAGES)), weak, second);

    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(second);

    Router alone = router(RoutePolicy.DEFAULTS.withRequires(Set.of(Capability.IMAGES)), weak);
    Step nobody = alone.begin(CALL.needing(Set.of(Capability.TOOLS)));
    assertThat(((GiveUp) nobody).reason()).hasMessageContaining("weak: cannot do");
  }

  @Test
  void reportSaysWhatWasChangedForTheTargetThatAnswered() {
    Attempt attempt = attempt(router(RoutePolicy.DEFAULTS, first).begin(CALL));
    attempt.note("cache points left out");
    attempt.note("cache points left out");
    attempt.completed(Usage.of(1, 1));

    assertThat(attempt.callReport().notes()).containsExactly("cache points left out");
    assertThat(attempt.callReport().metadata()).containsKey("resilient.notes");
  }
}
