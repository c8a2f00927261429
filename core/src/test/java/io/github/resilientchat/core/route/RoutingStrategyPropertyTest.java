package io.github.resilientchat.core.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.route.ScriptedSignals.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every tier, whatever is known of its targets. */
class RoutingStrategyPropertyTest {

  private static final int SET = 2;

  @Provide
  Arbitrary<RoutingStrategy> strategies() {
    return Arbitraries.of(
        RoutingStrategy.adaptive(),
        RoutingStrategy.weighted(),
        RoutingStrategy.roundRobin(),
        RoutingStrategy.leastBusy(),
        RoutingStrategy.latency(),
        RoutingStrategy.usage(),
        RoutingStrategy.cost(),
        RoutingStrategy.sticky(SET),
        RoutingStrategy.ordered());
  }

  @Property(tries = 400)
  void everyOrderHasEveryTargetOnce(
      @ForAll("strategies") RoutingStrategy strategy,
      @ForAll @IntRange(min = 1, max = 24) int size,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<Target> tier = tier(size, random);
    RoutingStrategy.Order order = strategy.over(tier, known(tier, random));
    for (int call = 0; call < 5; call++) {
      assertThat(order.targetsFor(call(random))).containsExactlyInAnyOrderElementsOf(tier);
    }
  }

  @Property(tries = 25)
  void weightedDrawsEveryPlaceInProportionToTheWeightsThatAreLeft(
      @ForAll @Size(min = 2, max = 5) List<@IntRange(min = 1, max = 9) Integer> weights,
      @ForAll long seed) {
    int draws = 6_000;
    List<Target> tier = weighing(weights);
    RoutingStrategy.Order order =
        RoutingStrategy.weighted().over(tier, new ScriptedSignals(new Random(seed)));
    Map<Target, Integer> first = new HashMap<>();
    Map<Target, Integer> second = new HashMap<>();
    for (int draw = 0; draw < draws; draw++) {
      List<Target> drawn = order.targetsFor(anyone());
      first.merge(drawn.get(0), 1, Integer::sum);
      second.merge(drawn.get(1), 1, Integer::sum);
    }

    double total = weights.stream().mapToInt(weight -> weight).sum();
    for (Target target : tier) {
      double chance = target.weight() / total;
      double next =
          tier.stream()
              .filter(other -> other != target)
              .mapToDouble(o -> o.weight() / total * target.weight() / (total - o.weight()))
              .sum();
      assertShare(first.getOrDefault(target, 0), chance, draws);
      assertShare(second.getOrDefault(target, 0), next, draws);
    }
  }

  @Property(tries = 150)
  void aTargetThatGoesMovesNoTenantOfAnother(
      @ForAll @Size(min = 2, max = 10) List<@IntRange(min = 1, max = 5) Integer> weights,
      @ForAll @IntRange(min = 0, max = 9) int leaving,
      @ForAll long seed) {
    List<Target> tier = weighing(weights);
    Target gone = tier.get(leaving % tier.size());
    List<Target> left = new ArrayList<>(tier);
    left.remove(gone);
    Random random = new Random(seed);
    for (int tenant = 0; tenant < 10; tenant++) {
      ModelCall call = call(random);
      List<Target> before = sticky(tier).targetsFor(call);
      assertThat(sticky(tier).targetsFor(call)).isEqualTo(before);
      assertThat(before.stream().filter(target -> target != gone))
          .isEqualTo(sticky(left).targetsFor(call));
    }
  }

  @Property(tries = 100)
  void aTargetThatGetsMoreWeightTakesTenantsAndMovesNoOther(
      @ForAll @Size(min = 2, max = 8) List<@IntRange(min = 1, max = 5) Integer> weights,
      @ForAll long seed) {
    List<Integer> heavier = new ArrayList<>(weights);
    heavier.set(0, weights.get(0) * 3);
    Random random = new Random(seed);
    for (int tenant = 0; tenant < 20; tenant++) {
      ModelCall call = call(random);
      String before = sticky(weighing(weights)).targetsFor(call).get(0).name();
      String after = sticky(weighing(heavier)).targetsFor(call).get(0).name();
      assertThat(after).isIn(before, "t0");
    }
  }

  @Property(tries = 15)
  void tenantsSpreadInProportionToTheWeights(
      @ForAll @Size(min = 2, max = 5) List<@IntRange(min = 1, max = 9) Integer> weights) {
    int tenants = 6_000;
    List<Target> tier = weighing(weights);
    RoutingStrategy.Order order = sticky(tier);
    Map<Target, Integer> counts = new HashMap<>();
    for (int tenant = 0; tenant < tenants; tenant++) {
      ModelCall call = of("tenant-" + tenant);
      counts.merge(order.targetsFor(call).get(0), 1, Integer::sum);
    }
    double total = weights.stream().mapToInt(weight -> weight).sum();
    for (Target target : tier) {
      assertShare(counts.getOrDefault(target, 0), target.weight() / total, tenants);
    }
  }

  @Property(tries = 150)
  void loadMovesATenantOnlyWithinItsSet(
      @ForAll @IntRange(min = 1, max = 10) int size, @ForAll long seed) {
    Random random = new Random(seed);
    List<Target> tier = tier(size, random);
    ModelCall call = call(random);
    List<Target> usual = sticky(tier).targetsFor(call);
    int set = Math.min(SET, size);

    List<Target> loaded =
        RoutingStrategy.sticky(SET).over(tier, known(tier, random)).targetsFor(call);

    assertThat(loaded.subList(0, set)).hasSameElementsAs(usual.subList(0, set));
    assertThat(loaded.subList(set, size)).isEqualTo(usual.subList(set, size));
  }

  /** Nobody is put in order for it, and the decision is the same. */
  @Property(tries = 1_000)
  void stickyNamesFirstWhomItsOrderBeginsWith(
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @IntRange(min = 1, max = 40) int set,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<Target> tier = tier(size, random);
    RoutingStrategy.FirstChoice order =
        (RoutingStrategy.FirstChoice)
            RoutingStrategy.sticky(set).over(tier, loaded(tier, set, random));
    for (int tenant = 0; tenant < 5; tenant++) {
      ModelCall call = call(random);
      assertThat(order.first(call, 0)).isEqualTo(order.all(call, 0)[0]);
    }
  }

  /** A few carry all there is, so that whole sets are over the bound. */
  private static ScriptedSignals loaded(List<Target> tier, int busy, Random random) {
    ScriptedSignals signals = new ScriptedSignals(random);
    for (Target target : tier) {
      int attempts = random.nextInt(1 + busy) == 0 ? 0 : random.nextInt(9);
      signals.with(target, Known.NOTHING.busy(attempts));
    }
    return signals;
  }

  @Property(tries = 300)
  void adaptiveTriesAFailingTargetOnlyAfterAllHealthyOnes(
      @ForAll @IntRange(min = 2, max = 12) int size, @ForAll long seed) {
    Random random = new Random(seed);
    List<Target> tier = weighing(IntStream.range(0, size).map(i -> 1).boxed().toList());
    int failing = 1 + random.nextInt(size - 1);
    ScriptedSignals signals = new ScriptedSignals(random);
    for (Target target : tier.subList(0, failing)) {
      double share = 0.6 + 0.4 * random.nextDouble();
      signals.with(target, Known.NOTHING.takes(1 + random.nextDouble()).failing(share));
    }
    for (Target target : tier.subList(failing, size)) {
      signals.with(target, Known.NOTHING.takes(1 + 4 * random.nextDouble()));
    }

    List<Target> order = RoutingStrategy.adaptive().over(tier, signals).targetsFor(anyone());

    assertThat(order.subList(size - failing, size)).hasSameElementsAs(tier.subList(0, failing));
  }

  @Property(tries = 200)
  void adaptiveBeginsWithATargetWhoseProbeIsDueHoweverBadItLooks(
      @ForAll @IntRange(min = 1, max = 16) int size, @ForAll long seed) {
    Random random = new Random(seed);
    List<Target> tier = tier(size, random);
    ScriptedSignals signals = known(tier, random);
    Target due = tier.get(random.nextInt(size));
    tier.forEach(target -> signals.with(target, Known.NOTHING.takes(0.1)));
    signals.with(due, Known.NOTHING.takes(60).failing(1).ramping(0.1).withQuota(0).waiting());

    assertThat(RoutingStrategy.adaptive().over(tier, signals).targetsFor(anyone())).startsWith(due);
  }

  private static RoutingStrategy.Order sticky(List<Target> tier) {
    return RoutingStrategy.sticky(SET).over(tier, new ScriptedSignals(new Random(1)));
  }

  /**
   * Seven standard deviations of a count of independent draws: a run counts hundreds of times, with
   * draws of its own each time.
   */
  private static void assertShare(int count, double chance, int draws) {
    double deviation = Math.sqrt(draws * chance * (1 - chance));
    assertThat((double) count).isCloseTo(draws * chance, within(7 * deviation + 1));
  }

  private static List<Target> weighing(List<Integer> weights) {
    return IntStream.range(0, weights.size())
        .mapToObj(i -> Target.builder("t" + i).weight(weights.get(i)).build())
        .toList();
  }

  private static List<Target> tier(int size, Random random) {
    return weighing(IntStream.range(0, size).map(i -> 1 + random.nextInt(5)).boxed().toList());
  }

  private static ScriptedSignals known(List<Target> tier, Random random) {
    ScriptedSignals signals = new ScriptedSignals(random);
    for (Target target : tier) {
      signals.with(
          target,
          new Known(
              random.nextInt(20),
              random.nextInt(5),
              random.nextBoolean() ? random.nextDouble() * 10 : Double.NaN,
              random.nextDouble(),
              random.nextDouble(),
              0.1 + 0.9 * random.nextDouble(),
              random.nextInt(4) == 0));
    }
    return signals;
  }

  private static ModelCall anyone() {
    return ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(1, 1));
  }

  private static ModelCall call(Random random) {
    return of("tenant" + random.nextInt());
  }

  private static ModelCall of(String tenant) {
    return ModelCall.blocking(Caller.of("user", tenant), new TokenEstimate(1, 1));
  }
}
