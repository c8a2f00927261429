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
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.SharedLimits;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Targets that draw on one quota share its account and its rest, whatever they are called. */
class SharedQuotaTest {

  private static final ModelCall CALL =
      ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(100, 400));

  private final VirtualClock clock = new VirtualClock();
  private final Engine engine =
      Engine.builder().ticker(clock).random(new Random(7)).classifier(Errors.CLASSIFIER).build();

  private static Target.Builder target(String name, String model, String region) {
    return Target.builder(name).model(model).region(region).account("main");
  }

  private static SharedLimits quota(String limits) {
    return new SharedLimits("sonnet in the east", Limits.parse(limits));
  }

  private Router router(String route, Target... targets) {
    return engine.router(
        Route.named(route).strategy(RoutingStrategy.ordered()).tier(targets).build());
  }

  private static Attempt attempt(Step step) {
    assertThat(step).isInstanceOf(Attempt.class);
    return (Attempt) step;
  }

  @Test
  void targetsOfTwoRoutesTakeFromOneAccount() {
    Target chat = target("chat", "sonnet", "east").shared(List.of(quota("3rpm"))).build();
    Target batch = target("batch", "sonnet-arn", "east").shared(List.of(quota("3rpm"))).build();
    Router chats = router("chat", chat);
    Router batches = router("batch", batch);

    attempt(chats.begin(CALL)).completed(Usage.of(1, 1));
    attempt(batches.begin(CALL)).completed(Usage.of(1, 1));
    attempt(chats.begin(CALL)).completed(Usage.of(1, 1));

    Step fourth = batches.begin(CALL);
    assertThat(fourth).isInstanceOf(GiveUp.class);
    assertThat(((GiveUp) fourth).reason()).hasMessageContaining("batch: over 3rpm for 20 s");
  }

  @Test
  void targetWhoseLimitsAreTheQuotasSharesThemWithThoseThatDrawOnIt() {
    Target named =
        target("named", "sonnet", "east")
            .limits(Limits.parse("2rpm"))
            .limitsKey("sonnet in the east")
            .build();
    Target other = target("other", "sonnet-arn", "east").shared(List.of(quota("2rpm"))).build();
    Router others = router("batch", other);

    attempt(router("chat", named).begin(CALL)).completed(Usage.of(1, 1));
    attempt(others.begin(CALL)).completed(Usage.of(1, 1));

    assertThat(others.begin(CALL)).isInstanceOf(GiveUp.class);
  }

  @Test
  void ownLimitHoldsBesideTheSharedOneAndTheRefusedCallTakesOfNeither() {
    Target tight =
        target("tight", "sonnet", "east")
            .limits(Limits.parse("10rpm"))
            .shared(List.of(quota("1rpm")))
            .build();
    Target other = target("other", "sonnet", "east").shared(List.of(quota("1rpm"))).build();
    Router tights = router("tight", tight);
    attempt(router("other", other).begin(CALL)).completed(Usage.of(1, 1));

    for (int refused = 0; refused < 20; refused++) {
      assertThat(tights.begin(CALL)).isInstanceOf(GiveUp.class);
    }
    clock.advance(Duration.ofMinutes(1));
    assertThat(tights.begin(CALL)).isInstanceOf(Attempt.class);
  }

  @Test
  void tokensAreSettledInEveryAccount() {
    Target.Traits burns = new Target.Traits(0, null, 5);
    SharedLimits day = new SharedLimits("account in the east", Limits.parse("1000tpd"));
    Target one =
        target("one", "sonnet", "east")
            .traits(burns)
            .limits(Limits.parse("10ktpm"))
            .shared(List.of(day))
            .build();
    Target other = target("other", "haiku", "east").shared(List.of(day)).build();
    attempt(router("one", one).begin(CALL)).completed(Usage.of(100, 60));

    // 100 + 5 x 60 = 400 of 1000 are gone; a call of 500 fits, and a second one does not.
    Router others = router("other", other);
    assertThat(others.begin(CALL)).isInstanceOf(Attempt.class);
    assertThat(others.begin(CALL)).isInstanceOf(GiveUp.class);
  }

  @Test
  void throttleOfOneRestsAllOfItsQuotaAndNoOtherFamily() {
    Target id = target("id", "us.sonnet", "east").quotaKey("geo sonnet").build();
    Target arn = target("arn", "arn:us.sonnet", "east").quotaKey("geo sonnet").build();
    Target global = target("global", "global.sonnet", "east").quotaKey("global sonnet").build();
    Router router = router("chat", id, arn, global);

    Step next = attempt(router.begin(CALL)).failed(Errors.of(FailureKind.THROTTLED));

    assertThat(attempt(next).target()).isEqualTo(global);
    assertThat(attempt(next).callReport().moves())
        .anyMatch(move -> move.startsWith("arn: cooling down"));
  }

  @Test
  void accountWhoseDayIsOverInTwoRegionsWithoutAnAnswerRestsAsAWhole() {
    Target east = target("east", "sonnet", "east").build();
    Target west = target("west", "sonnet", "west").build();
    Target north = target("north", "haiku", "north").build();
    Target second =
        Target.builder("second").model("sonnet").region("north").account("second").build();
    Router router = router("chat", east, west, north, second);

    Step first = attempt(router.begin(CALL)).failed(Errors.of(FailureKind.QUOTA_EXHAUSTED));
    assertThat(attempt(first).target()).isEqualTo(west);
    Step then = attempt(first).failed(Errors.of(FailureKind.QUOTA_EXHAUSTED));

    assertThat(attempt(then).target()).isEqualTo(second);
  }

  @Test
  void dayOfAnAccountIsOverUnderAllItsNames() {
    Target one = named("one", "sonnet", "east");
    Target two = named("two", "haiku", "east");
    Target west = named("west", "sonnet", "west");
    Router router = router("chat", one, two, west);

    Step next = attempt(router.begin(CALL)).failed(Errors.of(FailureKind.QUOTA_EXHAUSTED));

    assertThat(attempt(next).target()).isEqualTo(west);
    assertThat(attempt(next).callReport().moves())
        .anyMatch(move -> move.startsWith("two: cooling down"));
  }

  @Test
  void accountIsClampedUnderAllItsNames() {
    Target east = named("east", "sonnet", "east");
    Target west = named("west", "sonnet", "west");
    Target north = named("north", "haiku", "north");
    Target second =
        Target.builder("second").model("sonnet").region("north").account("second").build();
    Router router = router("chat", east, west, north, second);

    Step first = attempt(router.begin(CALL)).failed(Errors.of(FailureKind.QUOTA_EXHAUSTED));
    Step then = attempt(first).failed(Errors.of(FailureKind.QUOTA_EXHAUSTED));

    assertThat(attempt(then).target()).isEqualTo(second);
  }

  @Test
  void deniedKeysOfAnAccountRestUnderTheirOwnName() {
    Target one = named("one", "sonnet", "east");
    Target other = target("other", "haiku", "east").account("role one").build();
    Target two = named("two", "sonnet", "west");
    Router router = router("chat", one, other, two);

    Step again = attempt(router.begin(CALL)).failed(Errors.of(FailureKind.UNAUTHENTICATED));
    Step next = attempt(again).failed(Errors.of(FailureKind.UNAUTHENTICATED));

    assertThat(attempt(next).target()).isEqualTo(two);
  }

  /** Reached by a role of its own in an account that others are in, too. */
  private static Target named(String name, String model, String region) {
    return target(name, model, region).account("role " + name).quotaAccount("111").build();
  }

  @Test
  void accountThatWasAnsweredInBetweenIsNotClamped() {
    Target east = target("east", "sonnet", "east").build();
    Target west = target("west", "sonnet", "west").build();
    Target north = target("north", "haiku", "north").build();
    Router router = router("chat", east, west, north);
    Step spill = attempt(router.begin(CALL)).failed(Errors.of(FailureKind.QUOTA_EXHAUSTED));
    attempt(spill).completed(Usage.of(1, 1));

    Step then = attempt(router.begin(CALL)).failed(Errors.of(FailureKind.QUOTA_EXHAUSTED));

    assertThat(attempt(then).target()).isEqualTo(north);
  }

  @Test
  void otherLimitsUnderOneKeyAreRefused() {
    router("chat", target("a", "sonnet", "east").shared(List.of(quota("3rpm"))).build());
    Target other = target("b", "sonnet", "east").shared(List.of(quota("5rpm"))).build();

    assertThatThrownBy(() -> router("batch", other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sonnet in the east")
        .hasMessageContaining("3rpm")
        .hasMessageContaining("5rpm");
  }
}
