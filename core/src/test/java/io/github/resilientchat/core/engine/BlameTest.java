package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.AlreadyEnded;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.failure.FailurePolicy;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.RetryPolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one failure proves, what rests, and what is tried again. */
class BlameTest {

  private static final ModelCall CALL =
      ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(100, 400));
  private static final ModelCall STREAM =
      ModelCall.streaming(Caller.ANONYMOUS, new TokenEstimate(100, 400));
  private static final RoutePolicy ONE_ATTEMPT =
      RoutePolicy.DEFAULTS.withRetry(
          new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), 0));

  private final VirtualClock clock = new VirtualClock();
  private final Engine engine =
      Engine.builder().ticker(clock).random(new Random(7)).classifier(Errors.CLASSIFIER).build();

  private final Target east = target("east", "sonnet", "us-east-1", "main");
  private final Target west = target("west", "sonnet", "us-west-2", "main");
  private final Target second = target("second", "sonnet", "us-east-1", "second");
  private final Target haiku = target("haiku", "haiku", "us-east-1", "main");
  private final Target third = target("third", "nova", "eu-west-1", "third");

  private static Target target(String name, String model, String region, String account) {
    return Target.builder(name).model(model).region(region).account(account).build();
  }

  private Router router(RoutePolicy policy, RoutingStrategy strategy, Target... targets) {
    return engine.router(
        Route.named("chat").strategy(strategy).policy(policy).tier(targets).build());
  }

  private Router router(Target... targets) {
    return router(RoutePolicy.DEFAULTS, RoutingStrategy.ordered(), targets);
  }

  private static Attempt attempt(Step step) {
    assertThat(step).isInstanceOf(Attempt.class);
    return (Attempt) step;
  }

  private static Step failed(Step step, FailureKind kind) {
    return attempt(step).failed(Errors.of(kind));
  }

  @Test
  void burstThatMeetsAHangingTargetMovesToTheIdleOnesWithoutABudget() {
    for (RoutingStrategy strategy :
        List.of(RoutingStrategy.roundRobin(), RoutingStrategy.adaptive())) {
      Router router = router(RoutePolicy.DEFAULTS, strategy, east, second, third);
      List<Attempt> burst = new ArrayList<>();
      for (int call = 0; call < 40; call++) {
        burst.add(attempt(router.begin(CALL)));
      }
      int answered = 0;
      for (Attempt attempt : burst) {
        Step step = attempt;
        while (attempt(step).target() == east) {
          step = failed(step, FailureKind.TIMED_OUT);
        }
        answered += attempt(step).completed(null) ? 1 : 0;
      }
      assertThat(answered).isEqualTo(40);
      clock.advance(Duration.ofHours(1));
    }
  }

  @Test
  void adaptiveSpreadsABurstOverTargetsOfDifferentSpeed() {
    Router router = router(RoutePolicy.DEFAULTS, RoutingStrategy.adaptive(), east, second, third);
    Map<Target, Integer> seconds = Map.of(east, 1, second, 2, third, 2);
    for (int call = 0; call < 60; call++) {
      Attempt attempt = attempt(router.begin(CALL));
      clock.advance(Duration.ofSeconds(seconds.get(attempt.target())));
      attempt.completed(io.github.resilientchat.core.Usage.of(10, 100));
    }
    Map<Target, Integer> burst = new HashMap<>();
    for (int call = 0; call < 40; call++) {
      burst.merge(attempt(router.begin(CALL)).target(), 1, Integer::sum);
    }
    assertThat(burst.get(east)).isLessThanOrEqualTo(24);
    assertThat(burst.get(second)).isGreaterThanOrEqualTo(8);
    assertThat(burst.get(third)).isGreaterThanOrEqualTo(8);
  }

  @Test
  void callsThatHadNowhereToGoTakeNothingFromTheBudget() {
    Router router = router(east, west);
    for (int call = 0; call < 20; call++) {
      Step next = failed(router.begin(CALL), FailureKind.LOCAL_SHORTAGE);
      assertThat(failed(next, FailureKind.LOCAL_SHORTAGE)).isInstanceOf(GiveUp.class);
    }

    Pause pause = (Pause) failed(router.begin(CALL), FailureKind.NOT_READY);

    assertThat(pause.resume()).isInstanceOf(Attempt.class);
  }

  @Test
  void hedgeWithoutATargetIsNotCharged() {
    RoutePolicy hedging = RoutePolicy.DEFAULTS.withHedge(new HedgePolicy(Duration.ofSeconds(1), 5));
    Router alone = router(hedging, RoutingStrategy.ordered(), east);
    for (int call = 0; call < 20; call++) {
      Attempt attempt = attempt(alone.begin(STREAM));
      assertThat(attempt.hedge()).isSameAs(AlreadyEnded.INSTANCE);
      if (call < 19) {
        attempt.completed(null);
      }
    }
    engine.router(
        Route.named("other")
            .policy(hedging)
            .strategy(RoutingStrategy.ordered())
            .tier(east)
            .build());
    Router two = router(hedging, RoutingStrategy.ordered(), east, west);
    for (int call = 0; call < 20; call++) {
      attempt(two.begin(STREAM)).completed(null);
    }

    assertThat(attempt(two.begin(STREAM)).hedge()).isInstanceOf(Attempt.class);
  }

  @Test
  void connectionLostUnderManyStreamsCountsOnce() {
    Router router = router(RoutePolicy.DEFAULTS, RoutingStrategy.ordered(), east);
    for (int loss = 0; loss < 4; loss++) {
      List<Attempt> streams = new ArrayList<>();
      for (int stream = 0; stream < 20; stream++) {
        streams.add(attempt(router.begin(STREAM)));
      }
      clock.advance(Duration.ofSeconds(1));
      for (Attempt stream : streams) {
        Pause again = (Pause) stream.failed(Errors.of(FailureKind.DISCONNECTED));
        assertThat(attempt(again.resume()).completed(null)).as("loss %s", loss).isTrue();
      }
      clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void lostConnectionIsTriedOnceMoreAtTheSameTargetOnlyWhenNoOtherLetsIn() {
    assertThat(attempt(failed(router(east, west).begin(CALL), FailureKind.DISCONNECTED)).target())
        .isEqualTo(west);
    Target full = Target.builder("full").limits(Limits.parse("1rpm")).build();
    attempt(router(full).begin(CALL)).completed(null);
    Pause again = (Pause) failed(router(third, full).begin(CALL), FailureKind.DISCONNECTED);
    assertThat(failed(again.resume(), FailureKind.DISCONNECTED)).isInstanceOf(GiveUp.class);
  }

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
      Router router = router(alone);
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

  @Test
  void whoAllowsOneAttemptHasOne() {
    Router router = router(ONE_ATTEMPT, RoutingStrategy.ordered(), third);

    assertThat(failed(router.begin(CALL), FailureKind.UNAVAILABLE)).isInstanceOf(GiveUp.class);
  }

  /** Fast and broken for eight seconds, three failures, and nobody but adaptive to find out. */
  @Test
  void whatFailedAFewTimesIsAskedAgainBeforeLong() {
    for (ModelCall call : List.of(CALL, STREAM)) {
      Target fast = target("fast" + call.streaming(), "fast", "us-east-1", "f");
      Router router = router(RoutePolicy.DEFAULTS, RoutingStrategy.adaptive(), fast, second, third);
      for (int known = 0; known < 5; known++) {
        Attempt attempt = attempt(router(fast).begin(call));
        clock.advance(Duration.ofMillis(50));
        attempt.completed(io.github.resilientchat.core.Usage.of(10, 100));
      }
      long broken = clock.nanos() + Duration.ofSeconds(8).toNanos();
      long back = 0;
      while (back == 0 && clock.nanos() < broken + Duration.ofSeconds(60).toNanos()) {
        Step step = router.begin(call);
        while (step instanceof Attempt attempt) {
          boolean isFast = attempt.target() == fast;
          clock.advance(Duration.ofMillis(isFast ? 50 : 400));
          if (isFast && clock.nanos() < broken) {
            step = failed(step, FailureKind.MODEL_FAILED);
            continue;
          }
          back = isFast ? clock.nanos() : 0;
          attempt.completed(io.github.resilientchat.core.Usage.of(10, 100));
          step = AlreadyEnded.INSTANCE;
        }
        clock.advance(Duration.ofMillis(220));
      }
      assertThat(Duration.ofNanos(back - broken)).isBetween(Duration.ZERO, Duration.ofSeconds(15));
    }
  }

  @Test
  void whatBreaksStreamsKeepsNoBlockingCallOutAndTheReverse() {
    Router router = router(east, west);
    for (int call = 0; call < 6; call++) {
      Attempt stream = attempt(router.begin(STREAM));
      if (stream.target() == east) {
        attempt(stream.failed(Errors.of(FailureKind.MODEL_FAILED))).completed(null);
      } else {
        stream.completed(null);
      }
      Attempt blocking = attempt(router.begin(CALL));
      assertThat(blocking.target()).isEqualTo(east);
      blocking.completed(null);
    }

    assertThat(attempt(router.begin(STREAM)).target()).isEqualTo(west);
  }

  /** Answers of 30 s, one call a second, one single 503 among them. */
  @Test
  void oneRefusalForWantOfCapacityTurnsNobodyAway() {
    Router router = router(RoutePolicy.DEFAULTS, RoutingStrategy.roundRobin(), east, second);
    Deque<Attempt> running = new ArrayDeque<>();
    int refused = 0;
    for (int moment = 0; moment < 90; moment++) {
      Step step = router.begin(CALL);
      if (moment == 10) {
        step = failed(step, FailureKind.NO_CAPACITY);
      }
      if (step instanceof Attempt attempt) {
        running.add(attempt);
      } else {
        refused++;
      }
      if (running.size() > 30) {
        running.remove().completed(null);
      }
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(refused).isZero();
  }

  @Test
  void oneRefusalOfTheOnlyModelTurnsAtMostThreeAway() {
    Router router = router(RoutePolicy.DEFAULTS, RoutingStrategy.ordered(), east, second);
    failed(failed(router.begin(CALL), FailureKind.NO_CAPACITY), FailureKind.NO_CAPACITY);
    int refused = 0;
    for (int moment = 0; moment < 60; moment++) {
      clock.advance(Duration.ofSeconds(1));
      refused += router.begin(CALL) instanceof Attempt ? 0 : 1;
    }
    assertThat(refused).isLessThanOrEqualTo(3);
  }

  @Test
  void credentialsThatFailedAreAskedForAgainAtOnceWhateverTheRetrySettings() {
    Router router = router(ONE_ATTEMPT, RoutingStrategy.ordered(), east, haiku);

    Attempt corrected = attempt(failed(router.begin(CALL), FailureKind.UNAUTHENTICATED));

    assertThat(corrected.target()).isEqualTo(east);
    corrected.completed(null);
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(east);
  }

  @Test
  void accountRestsOnlyWhileItsCredentialsKeepFailing() {
    Router router = router(east, third);
    long began = clock.nanos();
    int failures = 0;
    while (clock.nanos() - began < Duration.ofSeconds(60).toNanos()) {
      Step step = router.begin(CALL);
      while (attempt(step).target() == east) {
        failures++;
        step = failed(step, FailureKind.UNAUTHENTICATED);
      }
      attempt(step).completed(null);
      clock.advance(Duration.ofMillis(250));
    }
    assertThat(failures).as("tries in a minute").isBetween(6, 16);
    while (attempt(router.begin(CALL)).target() == third) {
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(clock.nanos() - began).isLessThan(Duration.ofSeconds(80).toNanos());
  }

  @ParameterizedTest
  @EnumSource(names = {"THROTTLED", "NOT_PERMITTED", "MISCONFIGURED", "UNSUPPORTED"})
  void refusalsAtOnceUseUpNoAttempt(FailureKind kind) {
    Target[] wrong = new Target[5];
    for (int i = 0; i < wrong.length; i++) {
      wrong[i] = target("wrong" + i, "typo" + i, "us-east-1", "account" + i);
    }
    Route route =
        Route.named("typo").strategy(RoutingStrategy.ordered()).tier(wrong).tier(third).build();
    Step step = engine.router(route).begin(CALL);
    for (int i = 0; i < wrong.length; i++) {
      step = failed(step, kind);
    }

    assertThat(attempt(step).target()).isEqualTo(third);
  }

  @Test
  void whatEveryTargetCannotDoGoesToTheCallerAsItIs() {
    RuntimeException unsupported = Errors.of(FailureKind.UNSUPPORTED);

    Step step = failed(router(east, west).begin(CALL), FailureKind.UNSUPPORTED);

    assertThat(((GiveUp) attempt(step).failed(unsupported)).reason()).isSameAs(unsupported);
    assertThat(attempt(router(east, west).begin(CALL)).target()).isEqualTo(east);
  }

  @Test
  void ownerDecidesWhetherAWithheldAnswerIsTriedElsewhere() {
    RoutePolicy elsewhere =
        RoutePolicy.DEFAULTS.withFailures(
            new FailurePolicy(EnumSet.of(FailureKind.FILTERED), Duration.ofMinutes(1)));
    RuntimeException filtered = Errors.of(FailureKind.FILTERED);

    Step moved =
        failed(
            router(elsewhere, RoutingStrategy.ordered(), east, west).begin(CALL),
            FailureKind.FILTERED);

    assertThat(attempt(moved).target()).isEqualTo(west);
    assertThat(((GiveUp) attempt(moved).failed(filtered)).reason()).isSameAs(filtered);
    assertThat(failed(router(east, west).begin(CALL), FailureKind.FILTERED))
        .isInstanceOf(GiveUp.class);
  }

  @Test
  void whatIsShortHereIsNoTargetsFault() {
    Router router = router(east, west);
    for (int call = 0; call < 20; call++) {
      Step next = failed(router.begin(CALL), FailureKind.LOCAL_SHORTAGE);
      assertThat(attempt(next).target()).isEqualTo(west);
      GiveUp over = (GiveUp) failed(next, FailureKind.LOCAL_SHORTAGE);
      assertThat(over.reason())
          .isInstanceOf(NoTargetAvailableException.class)
          .hasMessageContaining("LOCAL_SHORTAGE");
    }

    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(east);
  }

  @Test
  void wordOfTheProviderCountsForAMinuteAtMostUnlessTheOwnerSaysOtherwise() {
    Failure far = Failure.of(FailureKind.THROTTLED, "x").retryAfter(Duration.ofDays(1));
    Router router = router(east, west);
    attempt(attempt(router.begin(CALL)).failed(Errors.of(far))).completed(null);

    clock.advance(Duration.ofSeconds(59));
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(west);
    clock.advance(Duration.ofSeconds(1));
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(east);

    RoutePolicy short1 =
        RoutePolicy.DEFAULTS.withFailures(new FailurePolicy(Set.of(), Duration.ofSeconds(5)));
    Router impatient = router(short1, RoutingStrategy.ordered(), haiku, third);
    attempt(attempt(impatient.begin(CALL)).failed(Errors.of(far))).completed(null);
    clock.advance(Duration.ofSeconds(5));
    assertThat(attempt(impatient.begin(CALL)).target()).isEqualTo(haiku);
  }

  /** Half of the calls meet a fault; whoever has no other target asks on. */
  /** A connection that died without a word is noticed late, and the next one answers. */
  @Test
  void callThatHasOneTargetHasFourAttemptsHoweverLongEachTakes() {
    Step step = router(target("slow", "m", "us-east-1", "slow")).begin(CALL);
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

  /** Long before its attempts time out, and without a failure to go by. */
  @Test
  void targetThatFallsSilentIsLeftForOneThatAnswers() {
    Router router = router(RoutePolicy.DEFAULTS, RoutingStrategy.adaptive(), east, third);
    for (int call = 0; call < 40; call++) {
      Attempt attempt = attempt(router.begin(CALL));
      clock.advance(Duration.ofMillis(attempt.target() == east ? 1000 : 1500));
      attempt.completed(io.github.resilientchat.core.Usage.of(10, 100));
    }
    Attempt silent = attempt(router.begin(CALL));
    assertThat(silent.target()).as("the faster one").isEqualTo(east);

    clock.advance(Duration.ofSeconds(3));
    Attempt next = attempt(router.begin(CALL));
    assertThat(next.target()).isEqualTo(third);

    clock.advance(Duration.ofMillis(1500));
    next.completed(io.github.resilientchat.core.Usage.of(10, 100));
    silent.completed(io.github.resilientchat.core.Usage.of(10, 100));
    assertThat(attempt(router.begin(CALL)).target()).as("it answered").isEqualTo(east);
  }

  @Test
  void onlyTargetIsAskedTenTimesASecondHoweverItFails() {
    Router router = router(ONE_ATTEMPT, RoutingStrategy.ordered(), east);
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
    Router router = router(east);
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
}
