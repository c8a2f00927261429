package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.RequestTerms;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.AlreadyEnded;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Reservation;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.CallTimeoutException;
import io.github.resilientchat.core.report.DecisionLog;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.RetryPolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RouterTest {

  private final VirtualClock clock = new VirtualClock();
  private final List<CallReport> reports = new ArrayList<>();
  private final Engine engine =
      Engine.builder()
          .ticker(clock)
          .random(new Random(7))
          .classifier(Errors.CLASSIFIER)
          .listener(
              new RouteListener() {
                @Override
                public void onCall(CallReport report) {
                  reports.add(report);
                }
              })
          .build();

  private final Target east = target("east", "sonnet", "us-east-1", "main");
  private final Target west = target("west", "sonnet", "us-west-2", "main");
  private final Target second = target("second", "sonnet", "us-east-1", "second");
  private final Target third = target("third", "nova", "eu-west-1", "third");
  private final Target haiku = target("haiku", "haiku", "us-east-1", "main");

  private static Target target(String name, String model, String region, String account) {
    return Target.builder(name).model(model).region(region).account(account).build();
  }

  private static final ModelCall CALL =
      ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(100, 400));

  private Router router(RoutePolicy policy, Target... tiers) {
    Route.Builder route = Route.named("chat").strategy(RoutingStrategy.ordered()).policy(policy);
    for (Target target : tiers) {
      route.tier(target);
    }
    return engine.router(route.build());
  }

  private Router router(Target... tiers) {
    return router(RoutePolicy.DEFAULTS, tiers);
  }

  private static Attempt attempt(Step step) {
    assertThat(step).isInstanceOf(Attempt.class);
    return (Attempt) step;
  }

  private static <T extends Throwable> T reason(Step step, Class<T> type) {
    assertThat(step).isInstanceOf(GiveUp.class);
    return type.cast(((GiveUp) step).reason());
  }

  @Test
  void aRequestThatForbidsFallbacksStaysInTheFirstTier() {
    ModelCall strict = CALL.on(new RequestTerms(false, null));
    Router router = router(RoutePolicy.DEFAULTS, east, haiku);

    Step after = attempt(router.begin(strict)).failed(Errors.of(FailureKind.NOT_PERMITTED));

    assertThat(reason(after, NoTargetAvailableException.class).getMessage()).contains("east");
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(haiku);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {
        "THROTTLED",
        "QUOTA_EXHAUSTED",
        "UNAVAILABLE",
        "TIMED_OUT",
        "MODEL_FAILED",
        "NOT_PERMITTED",
        "MISCONFIGURED"
      })
  void anotherTargetIsTriedAtOnceAfter(FailureKind kind) {
    Router router = router(east, target("other", "nova", "eu-west-1", "third"));

    Step next = attempt(router.begin(CALL)).failed(Errors.of(kind));

    assertThat(attempt(next).target().name()).isEqualTo("other");
  }

  @Test
  void rejectedRequestReachesTheCallerAsItIsAndTouchesNoOtherTarget() {
    Router router = router(east, west);
    RuntimeException refused = Errors.of(FailureKind.REJECTED);

    Step next = attempt(router.begin(CALL)).failed(refused);

    assertThat(reason(next, RuntimeException.class)).isSameAs(refused);
    assertThat(reports).hasSize(1);
    assertThat(reports.get(0).attempts()).hasSize(1);
  }

  @Test
  void unknownErrorIsTreatedAsTheCallersOwn() {
    IllegalStateException bug = new IllegalStateException("bug");

    Step next = attempt(router(east, west).begin(CALL)).failed(bug);

    assertThat(reason(next, IllegalStateException.class)).isSameAs(bug);
  }

  @Test
  void modelThatIsNotReadyIsTriedAgainAfterAShortPauseThenLeft() {
    Router router = router(RoutePolicy.DEFAULTS.withRetry(attempts(4)), east, west);
    Step step = router.begin(CALL);
    for (int retry = 0; retry < 2; retry++) {
      step = attempt(step).failed(Errors.of(FailureKind.NOT_READY));
      assertThat(step).isInstanceOf(Pause.class);
      assertThat(((Pause) step).delay()).isLessThan(Duration.ofMillis(400));
      step = ((Pause) step).resume();
      assertThat(attempt(step).target()).isEqualTo(east);
    }

    Step next = attempt(step).failed(Errors.of(FailureKind.NOT_READY));

    assertThat(attempt(next).target()).isEqualTo(west);
  }

  private static RetryPolicy attempts(int max) {
    return new RetryPolicy(max, Duration.ofMillis(200), Duration.ofSeconds(5));
  }

  @Test
  void tooLongPromptGoesOnlyToALargerContextWindow() {
    Target small = sized("small", 100);
    Target alsoSmall = sized("alsosmall", 100);
    Target large = sized("large", 200);
    Router router = router(small, alsoSmall, large);

    Step next = attempt(router.begin(CALL)).failed(Errors.of(FailureKind.TOO_LONG));

    assertThat(attempt(next).target()).isEqualTo(large);
  }

  @Test
  void tooLongPromptReachesTheCallerWhenNoTargetIsLarger() {
    RuntimeException tooLong = Errors.of(FailureKind.TOO_LONG);

    Step next = attempt(router(sized("a", 100), sized("b", 100)).begin(CALL)).failed(tooLong);

    assertThat(reason(next, RuntimeException.class)).isSameAs(tooLong);
  }

  private static Target sized(String name, long window) {
    return Target.builder(name).traits(new Target.Traits(window, null, 1)).build();
  }

  @Test
  void targetsThatCannotDoWhatIsAskedAreNotTried() {
    Target textOnly = Target.builder("text").traits(new Target.Traits(0, Set.of(), 1)).build();
    Router router = router(textOnly, west);

    Step step = router.begin(CALL.needing(Set.of(Capability.TOOLS)));

    assertThat(attempt(step).target()).isEqualTo(west);
  }

  @Test
  void attemptsEndAtTheLimitAndTheErrorListsEveryTarget() {
    Router router = router(RoutePolicy.DEFAULTS.withRetry(attempts(2)), east, second, haiku);

    Step step = attempt(router.begin(CALL)).failed(Errors.of(FailureKind.NO_CAPACITY));
    step = attempt(step).failed(Errors.of(FailureKind.UNAVAILABLE));

    NoTargetAvailableException error = reason(step, NoTargetAvailableException.class);
    assertThat(error)
        .hasMessageContaining("route chat: its 2 attempts are used up")
        .hasMessageContaining("east: NO_CAPACITY (no_capacity), cooling down for")
        .hasMessageContaining("second: UNAVAILABLE (unavailable)")
        .hasMessageContaining("haiku: not tried")
        .hasMessageContaining("Try again in");
    assertThat(error.getMessage()).doesNotContain("secret prompt");
    assertThat(error.retryAfter()).hasValueSatisfying(wait -> assertThat(wait).isPositive());
    assertThat(error.getCause()).isNotNull();
    assertThat(error.getSuppressed()).hasSize(1);
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

  @Test
  void fallbackIsUsedWhenThePrimaryIsOverItsLimitAndTheReportSaysWhy() {
    Target primary = Target.builder("primary").limits(Limits.parse("3rpm")).build();
    Router router = router(primary, haiku);
    for (int call = 0; call < 3; call++) {
      assertThat(attempt(router.begin(CALL)).target()).isEqualTo(primary);
    }

    Attempt fourth = attempt(router.begin(CALL));
    fourth.completed(Usage.of(10, 20));

    assertThat(fourth.target()).isEqualTo(haiku);
    CallReport report = fourth.callReport();
    assertThat(report.fallback()).isTrue();
    assertThat(report.servedBy()).contains(haiku);
    assertThat(report.moves()).containsExactly("primary: over 3rpm for 20 s");
    assertThat(report.metadata())
        .containsEntry("resilient.target", "haiku")
        .containsEntry("resilient.region", "us-east-1")
        .containsEntry("resilient.account", "main")
        .containsEntry("resilient.attempts", 1)
        .containsEntry("resilient.fallback", true);
  }

  @Test
  void reportSaysWhatTheCallCostWithTheAttemptThatBroke() {
    Target.Traits priced = new Target.Traits(0, null, 1, new Prices(2, 10, 0.2, 2.5));
    Target first = Target.builder("first").traits(priced).build();
    Target second = Target.builder("second").traits(priced).build();
    Router router = router(first, second);
    Attempt broken = attempt(router.begin(CALL));
    broken.used(Usage.of(1_000, 100));

    Attempt answer = attempt(broken.failed(Errors.of(FailureKind.MODEL_FAILED)));
    answer.completed(new Usage(1_000, 200, 5_000, 400));

    // 1000 x 2 + 100 x 10, and 1000 x 2 + 200 x 10 + 5000 x 0.2 + 400 x 2.5, per million.
    assertThat(answer.callReport().usd().getAsDouble()).isCloseTo(0.009, within(1e-9));
    assertThat(answer.callReport().bill().charges()).hasSize(2);
    assertThat(answer.callReport().metadata()).containsKey("resilient.cost-usd");
  }

  @Test
  void hourInTheCacheHasAPriceOfItsOwn() {
    Target.Traits priced = new Target.Traits(0, null, 1, new Prices(2, 10, 0.2, 2.5, 4));
    Attempt answer = attempt(router(Target.builder("first").traits(priced).build()).begin(CALL));
    answer.completed(new Usage(0, 0, 0, 1_000, 400));

    // 600 x 2.5 and 400 x 4, per million.
    assertThat(answer.callReport().usd().getAsDouble()).isCloseTo(0.0031, within(1e-9));
  }

  @Test
  void costOfATargetWithoutPricesIsNotMadeUp() {
    Attempt answer = attempt(router(haiku).begin(CALL));
    answer.completed(Usage.of(10, 20));

    assertThat(answer.callReport().usd()).isEmpty();
    assertThat(answer.callReport().metadata()).doesNotContainKey("resilient.cost-usd");
  }

  @Test
  void refusedCallGivesBackTheTargetsTokens() {
    Target limited = Target.builder("limited").limits(Limits.parse("1rpm 1000tpm")).build();
    Router router = router(limited);
    attempt(router.begin(CALL)).failed(Errors.of(FailureKind.REJECTED));

    assertThat(router.begin(CALL)).isInstanceOf(Attempt.class);
  }

  @Test
  void callWaitsForTheEarliestTargetWhenTheRouteAllowsIt() {
    Target limited = Target.builder("limited").limits(Limits.parse("1rpm")).build();
    Router router = router(RoutePolicy.DEFAULTS.withMaxWait(Duration.ofSeconds(60)), limited);
    attempt(router.begin(CALL)).completed(null);

    Pause pause = (Pause) router.begin(CALL);

    assertThat(pause.delay()).isEqualTo(Duration.ofSeconds(60));
    clock.advance(pause.delay());
    assertThat(attempt(pause.resume()).target()).isEqualTo(limited);
  }

  @Test
  void allTargetsOverTheirLimitsSayWhenToComeBack() {
    Target slow = Target.builder("slow").limits(Limits.parse("1rpm")).build();
    Target fast = Target.builder("fast").limits(Limits.parse("6rpm")).build();
    Router router = router(slow, fast);
    for (int call = 0; call < 7; call++) {
      attempt(router.begin(CALL)).completed(null);
    }

    NoTargetAvailableException error = reason(router.begin(CALL), NoTargetAvailableException.class);

    assertThat(error.retryAfter()).contains(Duration.ofSeconds(10));
    assertThat(error).hasMessageContaining("slow: over 1rpm").hasMessageContaining("fast: over 6");
    clock.advance(Duration.ofSeconds(10));
    assertThat(attempt(router.begin(CALL)).target()).isEqualTo(fast);
  }

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

  static Stream<List<Target>> listsThatNobodyCanUse() {
    Target stranger = target("stranger", "nova", "eu-west-1", "third");
    List<Target> throwing =
        new AbstractList<>() {
          @Override
          public Target get(int index) {
            throw new IllegalStateException("a strategy's own list");
          }

          @Override
          public int size() {
            return 2;
          }
        };
    return Stream.of(
        Arrays.asList(target("west", "sonnet", "us-west-2", "main"), null),
        List.of(stranger),
        throwing);
  }

  @ParameterizedTest
  @MethodSource("listsThatNobodyCanUse")
  void targetsAreTriedAsConfiguredWhereAStrategysListIsNoneOfThem(List<Target> targets) {
    List<String> settled = new ArrayList<>();
    Engine engine =
        Engine.builder()
            .ticker(clock)
            .classifier(Errors.CLASSIFIER)
            .quotas(call -> new Admission.Granted(settlingIn(settled)))
            .build();
    Route route =
        Route.named("chat").strategy((tier, signals) -> call -> targets).tier(east, west).build();

    Attempt attempt = attempt(engine.router(route).begin(CALL));

    assertThat(attempt.target()).isEqualTo(east);
    assertThat(attempt.completed(Usage.of(100, 10))).isTrue();
    assertThat(settled).containsExactly("110");
  }

  private static Reservation settlingIn(List<String> settled) {
    return new Reservation() {
      @Override
      public void settle(long tokens) {
        settled.add(Long.toString(tokens));
      }

      @Override
      public void keep() {
        settled.add("kept");
      }

      @Override
      public void giveBack() {
        settled.add("given back");
      }
    };
  }

  @Test
  void strategyMayLeaveTargetsOut() {
    Route route =
        Route.named("chat")
            .strategy((tier, signals) -> call -> List.of(west))
            .tier(east, west)
            .build();

    assertThat(attempt(engine.router(route).begin(CALL)).target()).isEqualTo(west);
  }

  @Test
  void overloadedServerIsLeftForAnotherTargetBeforeItIsTriedAgain() {
    Failure serverError = Failure.of(FailureKind.UNAVAILABLE, "500");
    Router router = router(east, west);

    Step next = attempt(router.begin(CALL)).failed(Errors.of(serverError));
    assertThat(attempt(next).target()).isEqualTo(west);
    next = attempt(next).failed(Errors.of(serverError));
    assertThat(next).isInstanceOf(Pause.class);

    assertThat(attempt(((Pause) next).resume()).target()).isEqualTo(west);
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
  void onlyWaitingCountsAgainstTheLongestWait() {
    Target limited = Target.builder("limited").limits(Limits.parse("1rpm")).build();
    Router router = router(RoutePolicy.DEFAULTS.withMaxWait(Duration.ofSeconds(5)), limited, east);
    attempt(router.begin(CALL)).completed(null);
    Attempt slow = attempt(router.begin(CALL));
    clock.advance(Duration.ofSeconds(57));

    Step step = slow.failed(Errors.of(FailureKind.MODEL_FAILED));

    assertThat(step).isInstanceOf(Pause.class);
    assertThat(((Pause) step).delay()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void waitsOfOneCallAddUp() {
    Target limited = Target.builder("limited").limits(Limits.parse("1rpm")).build();
    Router router = router(RoutePolicy.DEFAULTS.withMaxWait(Duration.ofSeconds(100)), limited);
    attempt(router.begin(CALL)).completed(null);
    Pause pause = (Pause) router.begin(CALL);
    clock.advance(pause.delay());
    attempt(router.begin(CALL)).completed(null);

    assertThat(pause.resume()).isInstanceOf(GiveUp.class);
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
  void unknownErrorOfATargetThatHadTakenTheRequestIsTheTargets() {
    Attempt attempt = attempt(router(east, west).begin(CALL));
    attempt.taken();

    Step next = attempt.failed(new NullPointerException());

    assertThat(attempt(next).target()).isEqualTo(west);
  }

  private final Target full = Target.builder("full").limits(Limits.parse("1rpd")).build();

  /** Each waits and asks the same target once more, which is charged: the other one is full. */
  private Step triedTwice(Router router) {
    router(full).begin(CALL);
    Pause pause = (Pause) attempt(router.begin(CALL)).failed(Errors.of(FailureKind.NOT_READY));
    return pause.resume();
  }

  @Test
  void modelsOverOneRouteShareItsRetryBudget() {
    for (int retry = 0; retry < 10; retry++) {
      attempt(triedTwice(router(east, full))).completed(null);
    }

    assertThat(reason(triedTwice(router(east, full)), NoTargetAvailableException.class))
        .hasMessageContaining("the route's retry budget is used up");
  }

  @Test
  void modelsThatWereBuiltApartShareItThoughTheirStrategiesAreOthers() {
    for (int retry = 0; retry < 10; retry++) {
      attempt(triedTwice(sticky())).completed(null);
    }
    Router ordered =
        engine.router(
            Route.named("apart").strategy(RoutingStrategy.ordered()).tier(east, full).build());

    assertThat(reason(triedTwice(ordered), NoTargetAvailableException.class))
        .hasMessageContaining("the route's retry budget is used up");
  }

  private Router sticky() {
    return engine.router(
        Route.named("apart").strategy(RoutingStrategy.sticky(2)).tier(east, full).build());
  }

  @Test
  void modelsOverOneRouteTakeTheirTurnsTogether() {
    Route inTurn =
        Route.named("turns").strategy(RoutingStrategy.roundRobin()).tier(east, west).build();
    Attempt first = attempt(engine.router(inTurn).begin(CALL));

    Attempt second = attempt(engine.router(inTurn).begin(CALL));

    assertThat(first.target()).isNotEqualTo(second.target());
  }

  @Test
  void targetsOfOneNameWithOtherLimitsAreAMistake() {
    router(Target.builder("same").limits(Limits.parse("200rpm")).build());

    assertThatThrownBy(() -> router(Target.builder("same").limits(Limits.parse("3rpm")).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'same'")
        .hasMessageContaining("limits '200rpm'")
        .hasMessageContaining("limits '3rpm'");
    assertThatThrownBy(() -> router(target("same", "nova", "us-east-1", "main")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stepsShowNoMessageOfAProvider() {
    Step next = attempt(router(east).begin(CALL)).failed(Errors.of(FailureKind.REJECTED));

    assertThat(next.toString()).doesNotContain("secret prompt");
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

  @Test
  void exhaustedRetryBudgetIsToldToTheCallerAndFillsAgain() {
    Router router = router(east, full);
    for (int retry = 0; retry < 10; retry++) {
      attempt(triedTwice(router)).completed(null);
    }
    assertThat(triedTwice(router)).isInstanceOf(GiveUp.class);

    clock.advance(Duration.ofSeconds(11));

    assertThat(triedTwice(router)).isInstanceOf(Attempt.class);
  }

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
  void decisionLogExplainsTheLastCalls() {
    DecisionLog log = new DecisionLog(2);
    Engine logged = Engine.builder().ticker(clock).listener(log).build();
    Router router = logged.router(Route.named("chat").tier(east).build());
    for (int call = 1; call <= 3; call++) {
      attempt(router.begin(ModelCall.blocking(Caller.user("u" + call), new TokenEstimate(1, 1))))
          .completed(Usage.of(call, 0));
    }

    assertThat(log.recent())
        .extracting(report -> report.caller().user())
        .containsExactly("u3", "u2");
  }

  @Test
  void callThatEveryTargetThrottledWaitsForTheEarliestOfThem() {
    Router router = router(RoutePolicy.DEFAULTS.withMaxWait(Duration.ofSeconds(10)), east, west);
    Failure soon = Failure.of(FailureKind.THROTTLED, "x").retryAfter(Duration.ofSeconds(2));
    Failure later = Failure.of(FailureKind.THROTTLED, "x").retryAfter(Duration.ofSeconds(5));

    Step step = attempt(router.begin(CALL)).failed(Errors.of(later));
    Pause pause = (Pause) attempt(step).failed(Errors.of(soon));

    assertThat(pause.delay()).isEqualTo(Duration.ofSeconds(2));
    clock.advance(pause.delay());
    assertThat(attempt(pause.resume()).target()).isEqualTo(west);
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
  void pauseThatDoesNotFitTheTimeLeftIsNoReasonToGiveUp() {
    RetryPolicy patient = new RetryPolicy(3, Duration.ofHours(1), Duration.ofHours(1));
    Router router = router(RoutePolicy.DEFAULTS.withRetry(patient), east, west);

    Step next = attempt(router.begin(CALL)).failed(Errors.of(FailureKind.NOT_READY));

    assertThat(attempt(next).target()).isEqualTo(west);
  }
}
