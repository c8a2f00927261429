package io.github.resilientchat.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who gets how many calls of a tier of a thousand targets, from one thread and from many. */
class FairnessTest {

  private static final int TARGETS = 1_000;
  private static final int CALLS = 192_000;
  private static final int THREADS = 64;
  private static final int HEAVIEST = 5;

  private final List<Target> tier =
      IntStream.range(0, TARGETS)
          .mapToObj(i -> Target.builder("t" + i).weight(1 + i % HEAVIEST).build())
          .toList();
  private final Map<Target, Integer> places = new HashMap<>();
  private final AtomicIntegerArray asked = new AtomicIntegerArray(TARGETS);

  FairnessTest() {
    tier.forEach(target -> places.put(target, places.size()));
  }

  static Stream<RoutingStrategy> byWeight() {
    return Stream.of(RoutingStrategy.weighted(), RoutingStrategy.adaptive());
  }

  @ParameterizedTest
  @MethodSource("byWeight")
  void eachTargetGetsWhatItsWeightSays(RoutingStrategy strategy) {
    Router router = router(strategy);

    ask(router, CALLS);

    assertThat(deviation(tier)).isLessThan(mostByChance());
  }

  @ParameterizedTest
  @MethodSource("byWeight")
  void eachWeightGetsWhatItSaysFromManyThreads(RoutingStrategy strategy) throws Exception {
    fromManyThreads(router(strategy));

    double weights = tier.stream().mapToInt(Target::weight).sum();
    for (int weight = 1; weight <= HEAVIEST; weight++) {
      int heavy = weight;
      double share = TARGETS / HEAVIEST * heavy / weights;
      int got =
          tier.stream()
              .filter(target -> target.weight() == heavy)
              .mapToInt(target -> asked.get(places.get(target)))
              .sum();
      // Adaptive passes by those that are busy, which the heavy are more often.
      assertThat(got / (double) CALLS).isCloseTo(share, within(0.1 * share));
    }
  }

  @Test
  void turnsAreTheSameForAllFromManyThreads() throws Exception {
    fromManyThreads(router(RoutingStrategy.roundRobin()));

    assertThat(IntStream.range(0, TARGETS).map(asked::get)).containsOnly(CALLS / TARGETS);
  }

  /** Each tenant has one target for ever; a thousand targets share ten thousand tenants. */
  @Test
  void tenantsAreSpreadAsTheWeightsSay() {
    Router router = router(RoutingStrategy.sticky(1));

    for (int tenant = 0; tenant < 10_000; tenant++) {
      ask(router, Caller.of("user", "tenant-" + tenant));
    }

    assertThat(deviation(tier)).isLessThan(mostByChance());
  }

  private Router router(RoutingStrategy strategy) {
    return Engine.builder()
        .ticker(new VirtualClock())
        .build()
        .router(Route.named("chat").strategy(strategy).tier(tier).build());
  }

  private void ask(Router router, int calls) {
    for (int call = 0; call < calls; call++) {
      ask(router, Caller.ANONYMOUS);
    }
  }

  /** Answered at once, and not said how fast: nothing but weight and load tells them apart. */
  private void ask(Router router, Caller caller) {
    Attempt attempt = (Attempt) router.begin(ModelCall.blocking(caller, new TokenEstimate(10, 10)));
    asked.incrementAndGet(places.get(attempt.target()));
    attempt.completed(null);
  }

  private void fromManyThreads(Router router) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        all.add(threads.submit(() -> ask(router, CALLS / THREADS)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Pearson's statistic, by degree of freedom: 1 for draws that follow the weights. */
  private double deviation(List<Target> tier) {
    double calls = IntStream.range(0, TARGETS).map(asked::get).sum();
    double weights = tier.stream().mapToInt(Target::weight).sum();
    double sum = 0;
    for (Target target : tier) {
      double expected = calls * target.weight() / weights;
      double off = asked.get(places.get(target)) - expected;
      sum += off * off / expected;
    }
    return sum / (TARGETS - 1);
  }

  /** Six standard deviations above what chance gives. */
  private static double mostByChance() {
    return 1 + 6 * Math.sqrt(2.0 / (TARGETS - 1));
  }
}
