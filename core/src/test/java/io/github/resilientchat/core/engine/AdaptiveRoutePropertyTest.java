package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Errors;
import io.github.resilientchat.core.ModelCall;
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
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.route.RetryPolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random histories of a whole route with adaptive routing. */
class AdaptiveRoutePropertyTest {

  private static final ModelCall CALL =
      ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(10, 10));
  private static final Failure THROTTLED = Failure.of(FailureKind.THROTTLED, "x");

  private final VirtualClock clock = new VirtualClock();
  private final Map<String, Long> restsUntil = new HashMap<>();

  private Router router(int targets, RetryPolicy retry, long seed) {
    Engine engine =
        Engine.builder()
            .ticker(clock)
            .random(new Random(seed))
            .classifier(Errors.CLASSIFIER)
            .build();
    List<Target> tier = IntStream.range(0, targets).mapToObj(i -> Target.named("t" + i)).toList();
    return engine.router(
        Route.named("chat")
            .strategy(RoutingStrategy.adaptive())
            .policy(RoutePolicy.DEFAULTS.withRetry(retry))
            .tier(tier)
            .build());
  }

  @Property(tries = 150)
  void noAttemptGoesToATargetWhileItRests(
      @ForAll @IntRange(min = 1, max = 5) int targets, @ForAll long seed) {
    Random random = new Random(seed);
    Router router = router(targets, RetryPolicy.DEFAULTS, seed);
    restsUntil.clear();
    for (int call = 0; call < 60; call++) {
      clock.advance(Duration.ofMillis(random.nextInt(1_500)));
      Step step = router.begin(CALL);
      while (step instanceof Attempt attempt) {
        String name = attempt.target().name();
        assertThat(restsUntil.getOrDefault(name, clock.nanos()))
            .as(name)
            .isLessThanOrEqualTo(clock.nanos());
        clock.advance(Duration.ofMillis(100 + random.nextInt(400)));
        step = random.nextInt(3) == 0 ? throttled(attempt, random) : answered(attempt);
      }
      assertThat(step).isNotInstanceOf(Pause.class);
    }
  }

  private Step throttled(Attempt attempt, Random random) {
    Duration least = Duration.ofMillis(1_600);
    Failure failure = THROTTLED;
    if (random.nextBoolean()) {
      least = Duration.ofMillis(1 + random.nextInt(5_000));
      failure = THROTTLED.retryAfter(least);
    }
    restsUntil.put(attempt.target().name(), clock.nanos() + least.toNanos());
    return attempt.failed(Errors.of(failure));
  }

  private static Step answered(Attempt attempt) {
    attempt.completed(Usage.of(10, 10));
    return AlreadyEnded.INSTANCE;
  }

  /** Other attempts than a call's first are retries, but for a move to what is well so far. */
  @Property(tries = 60)
  void anOutageIsNotAnsweredWithMoreRetriesThanTheBudget(
      @ForAll @IntRange(min = 0, max = 100) int percent, @ForAll long seed) {
    Random random = new Random(seed);
    RetryPolicy retry = new RetryPolicy(5, Duration.ofMillis(1), Duration.ofMillis(1), percent);
    Router router = router(6, retry, seed);
    int calls = 0;
    int retries = 0;
    long start = clock.nanos();
    while (clock.nanos() - start < Duration.ofSeconds(9).toNanos()) {
      calls++;
      boolean first = true;
      for (Step step = router.begin(CALL); !(step instanceof GiveUp); ) {
        if (step instanceof Pause pause) {
          clock.advance(pause.delay());
          step = pause.resume();
          continue;
        }
        retries += first ? 0 : 1;
        first = false;
        step = ((Attempt) step).failed(Errors.of(Failure.of(FailureKind.TIMED_OUT, "x")));
      }
      assertThat(retries).isLessThanOrEqualTo(6 + Math.max(10, calls * percent / 100));
      clock.advance(Duration.ofMillis(random.nextInt(60)));
    }
  }
}
