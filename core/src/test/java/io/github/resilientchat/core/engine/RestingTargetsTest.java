package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rests after a failure, and for how long. */
class RestingTargetsTest extends RoutedCalls {

  private final Target spare = target("spare", "nova", "eu-west-1", "third");

  private List<String> coolsAfter(Failure failure) {
    attempt(router(east, spare).begin(CALL)).failed(Errors.of(failure));
    return cooled();
  }

  private List<String> cooled() {
    List<String> cooled = new ArrayList<>();
    for (Target target : List.of(east, west, second, haiku)) {
      Attempt attempt = attempt(router(target, spare).begin(CALL));
      if (attempt.target() == spare) {
        cooled.add(target.name());
      }
      attempt.cancelled();
    }
    return cooled;
  }

  @Test
  void throttledTargetIsLeftAloneUntilItsCoolDownEnds() {
    Router router = router(east, west);
    attempt(attempt(router.begin(CALL)).failed(Errors.of(FailureKind.THROTTLED))).completed(null);

    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(west);
    clock.advance(Duration.ofSeconds(3));
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(east);
  }

  @Test
  void retryAfterOfTheProviderIsKept() {
    Router router = router(east, west);
    Failure throttled = Failure.of(FailureKind.THROTTLED, "x").retryAfter(Duration.ofSeconds(30));
    attempt(router.begin(CALL)).failed(Errors.of(throttled));

    clock.advance(Duration.ofSeconds(29));
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(west);
    clock.advance(Duration.ofSeconds(1));
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(east);
  }

  @Test
  void comeBackTimeOfAllEternityEndsNothing() {
    Failure endless =
        Failure.of(FailureKind.THROTTLED, "x").retryAfter(Duration.ofSeconds(Long.MAX_VALUE));
    Failure wrong = Failure.of(FailureKind.THROTTLED, "x").retryAfter(Duration.ofSeconds(-1));
    Router router = router(RoutePolicy.DEFAULTS.withRetry(attempts(4)), east, west, haiku);

    Step next = attempt(router.begin(CALL)).failed(Errors.of(endless));
    next = attempt(next).failed(Errors.of(wrong));

    assertThat(attempt(next).target()).isEqualTo(haiku);
    clock.advance(Duration.ofSeconds(3));
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(west);
  }

  @Test
  void minuteThrottleCoolsOnlyItsQuotaKey() {
    assertThat(coolsAfter(Failure.of(FailureKind.THROTTLED, "x"))).containsExactly("east");
  }

  @Test
  void dailyQuotaCoolsEveryModelOfTheAccountInTheRegion() {
    assertThat(coolsAfter(Failure.of(FailureKind.QUOTA_EXHAUSTED, "x")))
        .containsExactly("east", "haiku");
  }

  @Test
  void missingCapacityRestsTheTargetAndFromAnothersOnTheModelInTheRegion() {
    Failure noCapacity = Failure.of(FailureKind.NO_CAPACITY, "x");
    assertThat(coolsAfter(noCapacity)).containsExactly("east");

    attempt(router(second, haiku).begin(CALL)).failed(Errors.of(noCapacity));

    assertThat(cooled()).containsExactly("east", "second");
    clock.advance(Duration.ofSeconds(2));
    assertThat(cooled()).containsExactly("east", "second");
  }

  @Test
  void denialRestsTheTargetAndASecondModelsTheAccount() {
    Failure denied = Failure.of(FailureKind.NOT_PERMITTED, "x");
    assertThat(coolsAfter(denied)).containsExactly("east");

    attempt(router(haiku, spare).begin(CALL)).failed(Errors.of(denied));

    assertThat(cooled()).containsExactly("east", "west", "haiku");
  }

  @Test
  void denialThatNamesAModelNeverRestsTheAccount() {
    Failure denied = Failure.of(FailureKind.NOT_PERMITTED, "x").naming(FailureDomain.TARGET);
    coolsAfter(denied);

    attempt(router(haiku, spare).begin(CALL)).failed(Errors.of(denied));

    assertThat(cooled()).containsExactly("east", "haiku");
  }

  @Test
  void accountThatIsAnsweredIsNotDenied() {
    Failure denied = Failure.of(FailureKind.NOT_PERMITTED, "x");
    coolsAfter(denied);
    attempt(router(west).begin(CALL)).completed(null);

    attempt(router(haiku, spare).begin(CALL)).failed(Errors.of(denied));

    assertThat(cooled()).containsExactly("east", "haiku");
  }

  @Test
  void misconfiguredTargetRestsForMinutesThatDoubleWithProbes() {
    Router router = router(east, west);
    for (int minutes = 1; minutes <= 4; minutes *= 2) {
      attempt(attempt(router.begin(CALL)).failed(Errors.of(FailureKind.MISCONFIGURED)))
          .completed(null);
      clock.advance(Duration.ofSeconds(minutes * 60 * 8 / 10 - 1));
      Attempt early = attempt(router.begin(CALL));
      assertThat(early.target()).isEqualTo(west);
      early.completed(null);
      clock.advance(Duration.ofSeconds(minutes * 60 * 4 / 10 + 2));
    }
    Attempt probe = attempt(router.begin(CALL));
    assertThat(probe.target()).isEqualTo(east);
    probe.completed(null);
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(east);
  }
}
