package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.Caller;
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
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.AnonymousCallers;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Plan;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.Scope;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.core.report.UnknownCallerException;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerQuotaTest {

  private final VirtualClock clock = new VirtualClock();

  private static final Plan DEFAULT = new Plan("default", Limits.parse("10rpm 100ktpm"), Set.of());
  private static final Plan NOISY =
      new Plan("noisy", Limits.parse("3rpm, 30ktpm"), Set.of("consumer-a"));

  private Router router(AnonymousCallers anonymous, Plan... plans) {
    return Engine.builder()
        .ticker(clock)
        .classifier(Errors.CLASSIFIER)
        .quotas(
            PlanQuotas.builder()
                .everyone(DEFAULT)
                .plans(plans)
                .anonymous(anonymous)
                .ticker(clock)
                .clock(clock)
                .build())
        .build()
        .router(Route.named("chat").tier(Target.named("a")).tier(Target.named("b")).build());
  }

  private static ModelCall by(String user, long tokens) {
    return ModelCall.blocking(Caller.user(user), new TokenEstimate(tokens, 0));
  }

  private static QuotaExceededException refusal(Step step) {
    assertThat(step).isInstanceOf(GiveUp.class);
    return (QuotaExceededException) ((GiveUp) step).reason();
  }

  @Test
  void noisyUserIsRefusedAndOthersAreNot() {
    Router router = router(AnonymousCallers.DENY, NOISY);
    for (int call = 0; call < 3; call++) {
      assertThat(router.begin(by("consumer-a", 100))).isInstanceOf(Attempt.class);
    }

    QuotaExceededException refused = refusal(router.begin(by("consumer-a", 100)));

    assertThat(refused.plan()).isEqualTo("noisy");
    assertThat(refused.limit()).isEqualTo("3rpm");
    // The window slides by twelfths: the last one that may hold a call ends after 65 s.
    assertThat(refused.retryAfter()).contains(Duration.ofSeconds(65));
    assertThat(refused).hasMessageContaining("limit 3rpm of plan noisy").hasMessageContaining("65");
    assertThat(refused.scope()).isEqualTo(Scope.USER);
    assertThat(refused.report().attempts()).isEmpty();
    assertThat(router.begin(by("consumer-b", 100))).isInstanceOf(Attempt.class);
  }

  @Test
  void waitingExactlyWhatTheRefusalSaysIsEnoughAndLessIsNot() {
    Router router = router(AnonymousCallers.DENY, NOISY);
    for (int call = 0; call < 3; call++) {
      router.begin(by("consumer-a", 1));
    }
    Duration wait = refusal(router.begin(by("consumer-a", 1))).retryAfter().orElseThrow();

    clock.advance(wait.minusNanos(1));
    assertThat(refusal(router.begin(by("consumer-a", 1))).retryAfter().orElseThrow())
        .isLessThanOrEqualTo(Duration.ofNanos(2));
    clock.advance(Duration.ofNanos(1));
    assertThat(router.begin(by("consumer-a", 1))).isInstanceOf(Attempt.class);
  }

  @Test
  void unusedTokensComeBackWhenTheAnswerIsShort() {
    Router router = router(AnonymousCallers.DENY);
    Attempt big = (Attempt) router.begin(by("u", 90_000));
    assertThat(refusal(router.begin(by("u", 50_000))).limit()).isEqualTo("100ktpm");

    big.completed(Usage.of(1_000, 500));

    assertThat(router.begin(by("u", 98_500))).isInstanceOf(Attempt.class);
  }

  @Test
  void longerAnswerThanReservedLeavesADebt() {
    Router router = router(AnonymousCallers.DENY);
    ((Attempt) router.begin(by("u", 10_000))).completed(Usage.of(10_000, 150_000));

    assertThat(refusal(router.begin(by("u", 10_000))).retryAfter())
        .contains(Duration.ofSeconds(65));
  }

  @Test
  void cacheReadsAreFree() {
    Router router = router(AnonymousCallers.DENY);
    ((Attempt) router.begin(by("u", 90_000))).completed(new Usage(100, 100, 80_000, 800));

    assertThat(router.begin(by("u", 99_000))).isInstanceOf(Attempt.class);
  }

  @Test
  void callThatEveryTargetThrottledCostsTheCallerNothing() {
    Router router = router(AnonymousCallers.DENY, NOISY);
    for (int call = 0; call < 5; call++) {
      Step step = router.begin(by("consumer-a", 29_000));
      assertThat(step).isNotInstanceOf(Pause.class);
      while (step instanceof Attempt attempt) {
        step = attempt.failed(Errors.of(FailureKind.THROTTLED));
      }
      assertThat(((GiveUp) step).reason()).isInstanceOf(NoTargetAvailableException.class);
    }
  }

  @Test
  void cancelledCallKeepsItsTokensCharged() {
    Router router = router(AnonymousCallers.DENY, NOISY);
    ((Attempt) router.begin(by("consumer-a", 29_000))).cancelled();

    assertThat(refusal(router.begin(by("consumer-a", 29_000))).limit()).isEqualTo("30ktpm");
  }

  @Test
  void callAbandonedBeforeItAskedAnybodyCostsNothing() {
    Router router = router(AnonymousCallers.DENY, NOISY);
    ((Attempt) router.begin(by("consumer-a", 29_000))).abandoned();

    assertThat(router.begin(by("consumer-a", 29_000))).isInstanceOf(Attempt.class);
  }

  @Test
  void refusedPromptGivesEverythingBack() {
    Router router = router(AnonymousCallers.DENY, NOISY);
    for (int call = 0; call < 10; call++) {
      ((Attempt) router.begin(by("consumer-a", 29_000))).failed(Errors.of(FailureKind.REJECTED));
    }
    assertThat(router.begin(by("consumer-a", 30_000))).isInstanceOf(Attempt.class);
  }

  @Test
  void requestLargerThanTheLimitIsRefusedAsSuch() {
    Router router = router(AnonymousCallers.DENY, NOISY);

    QuotaExceededException refused = refusal(router.begin(by("consumer-a", 30_001)));

    assertThat(refused.neverFits()).isTrue();
    assertThat(refused.retryAfter()).isEmpty();
    assertThat(refused).hasMessageContaining("30ktpm of plan noisy").hasMessageContaining("never");
    assertThat(router.begin(by("consumer-a", 30_000))).isInstanceOf(Attempt.class);
  }

  @Test
  void anonymousCallIsRefusedWithTheWayOut() {
    Step step =
        router(AnonymousCallers.DENY)
            .begin(ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(1, 1)));

    assertThat(((GiveUp) step).reason())
        .isInstanceOf(UnknownCallerException.class)
        .hasMessageContaining("resilient.identity.anonymous=shared");
  }

  @Test
  void anonymousCallersShareOneAccountWhereAllowed() {
    Router router = router(AnonymousCallers.SHARED);
    ModelCall anonymous = ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(1, 1));
    for (int call = 0; call < 10; call++) {
      assertThat(router.begin(anonymous)).isInstanceOf(Attempt.class);
    }
    assertThat(refusal(router.begin(anonymous)).plan()).isEqualTo("default");
  }

  @Test
  void idlingDoesNotRefillFasterThanWaiting() {
    PlanQuotas quotas =
        PlanQuotas.builder().limits(Limits.parse("1rpd")).ticker(clock).clock(clock).build();
    Router router =
        Engine.builder()
            .ticker(clock)
            .quotas(quotas)
            .build()
            .router(Route.named("chat").tier(Target.named("a")).build());
    ((Attempt) router.begin(by("u", 1))).completed(null);

    clock.advance(Duration.ofHours(23).minusMillis(1));
    assertThat(refusal(router.begin(by("u", 1))).retryAfter()).contains(Duration.ofMillis(1));
    clock.advance(Duration.ofMillis(1));
    assertThat(router.begin(by("u", 1))).isInstanceOf(Attempt.class);
  }

  @Test
  void userOnTwoPlansIsAMistake() {
    Plan other = new Plan("other", Limits.parse("1rpm"), Set.of("consumer-a"));

    assertThatThrownBy(() -> router(AnonymousCallers.DENY, NOISY, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user 'consumer-a' is on two plans: noisy and other");
  }
}
