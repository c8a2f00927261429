package io.github.resilientchat.core.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.RequestTerms;
import io.github.resilientchat.core.TokenEstimate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoutingStrategyTest {

  private static final ModelCall CALL =
      ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(1, 1));

  private final Target one = Target.builder("one").weight(1).build();
  private final Target two = Target.builder("two").weight(2).build();
  private final Target five = Target.builder("five").weight(5).build();
  private final List<Target> tier = List.of(one, two, five);

  @Test
  void aStrategyPrintsAsItsName() {
    assertThat(RoutingStrategy.roundRobin()).hasToString("round-robin");
    assertThat(RoutingStrategy.sticky(2)).hasToString("sticky");
    assertThat(Route.named("chat").tier(Target.named("a")).build().toString())
        .contains("adaptive")
        .doesNotContain("Lambda");
  }

  private Map<Target, Integer> firstChoices(RoutingStrategy strategy, int calls) {
    RoutingStrategy.Order order = strategy.over(tier, new ScriptedSignals(new Random(11)));
    Map<Target, Integer> counts = new HashMap<>();
    for (int call = 0; call < calls; call++) {
      List<Target> targets = order.targetsFor(CALL);
      assertThat(targets).containsExactlyInAnyOrderElementsOf(tier);
      counts.merge(targets.get(0), 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void orderedKeepsTheConfiguredOrder() {
    assertThat(firstChoices(RoutingStrategy.ordered(), 100)).containsEntry(one, 100);
  }

  @Test
  void roundRobinGivesEveryTargetTheSame() {
    assertThat(firstChoices(RoutingStrategy.roundRobin(), 300))
        .containsEntry(one, 100)
        .containsEntry(two, 100)
        .containsEntry(five, 100);
  }

  @Test
  void weightedFollowsTheWeights() {
    Map<Target, Integer> counts = firstChoices(RoutingStrategy.weighted(), 8_000);

    assertThat(counts.get(one)).isCloseTo(1_000, within(150));
    assertThat(counts.get(two)).isCloseTo(2_000, within(200));
    assertThat(counts.get(five)).isCloseTo(5_000, within(250));
  }

  private static final ScriptedSignals.Known NOTHING = ScriptedSignals.Known.NOTHING;

  private List<Target> order(RoutingStrategy strategy, ScriptedSignals signals, ModelCall call) {
    return strategy.over(tier, signals).targetsFor(call);
  }

  private ScriptedSignals signals() {
    return new ScriptedSignals(new Random(5));
  }

  @Test
  void leastBusyCountsLoadForTheWeightAndFailuresAsLoad() {
    ScriptedSignals signals =
        signals().with(one, NOTHING.busy(1)).with(two, NOTHING.busy(2)).with(five, NOTHING.busy(6));
    assertThat(order(RoutingStrategy.leastBusy(), signals, CALL)).containsExactly(five, two, one);

    signals.with(five, NOTHING.failing(0.9));
    assertThat(order(RoutingStrategy.leastBusy(), signals, CALL)).endsWith(five);
  }

  @Test
  void latencyPrefersTheFastUnlessItFails() {
    ScriptedSignals signals =
        signals()
            .with(one, NOTHING.takes(1.0))
            .with(two, NOTHING.takes(0.5))
            .with(five, NOTHING.takes(0.1).failing(1.0));

    assertThat(order(RoutingStrategy.latency(), signals, CALL)).containsExactly(two, one, five);
  }

  @Test
  void usagePrefersWhatHasMostQuotaLeft() {
    ScriptedSignals signals =
        signals()
            .with(one, NOTHING.withQuota(0.5))
            .with(two, NOTHING.withQuota(0.1))
            .with(five, NOTHING.withQuota(0.9));

    assertThat(order(RoutingStrategy.usage(), signals, CALL)).containsExactly(five, one, two);
  }

  @Test
  void costPrefersTheCheapForTheseTokensAndTheUnpricedLast() {
    Target shortAnswers = priced("shortanswers", 10, 1);
    Target longPrompts = priced("longprompts", 1, 10);
    Target unpriced = Target.named("unpriced");
    RoutingStrategy.Order order =
        RoutingStrategy.cost().over(List.of(unpriced, shortAnswers, longPrompts), signals());

    assertThat(order.targetsFor(ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(1000, 10))))
        .containsExactly(longPrompts, shortAnswers, unpriced);
    assertThat(order.targetsFor(ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(10, 1000))))
        .containsExactly(shortAnswers, longPrompts, unpriced);
  }

  private static Target priced(String name, double input, double output) {
    Prices prices = new Prices(input, output);
    return Target.builder(name).traits(new Target.Traits(0, null, 1, prices)).build();
  }

  @Test
  void targetThatWaitsToProveItselfComesFirst() {
    ScriptedSignals signals = signals().with(two, NOTHING.takes(60).failing(1).waiting());

    assertThat(order(RoutingStrategy.adaptive(), signals, CALL)).startsWith(two);
  }

  @Test
  void adaptiveAvoidsTheSlowTheFailingTheScarceAndTheRecovering() {
    Target a = Target.named("a");
    Target b = Target.named("b");
    for (ScriptedSignals.Known worse :
        List.of(
            NOTHING.takes(3),
            NOTHING.takes(1).failing(0.5),
            NOTHING.takes(1).withQuota(0.01),
            NOTHING.takes(1).ramping(0.1),
            NOTHING.takes(1).busy(9))) {
      ScriptedSignals signals = signals().with(a, worse).with(b, NOTHING.takes(1));
      assertThat(RoutingStrategy.adaptive().over(List.of(a, b), signals).targetsFor(CALL))
          .as(worse.toString())
          .startsWith(b);
    }
  }

  /** Below fifty milliseconds a latency says more of this machine than of the target. */
  @Test
  void adaptiveKeepsAThreadAtOneOfThoseThatAreAsGoodAsCanBeUnlessAnotherWaits() {
    ScriptedSignals signals = signals();
    for (Target target : tier) {
      signals.with(target, NOTHING.takes(0.0001));
    }
    Target own = order(RoutingStrategy.adaptive(), signals, CALL).get(0);
    for (int call = 0; call < 20; call++) {
      assertThat(order(RoutingStrategy.adaptive(), signals, CALL)).startsWith(own);
    }

    signals.with(own, NOTHING.takes(0.049));
    assertThat(order(RoutingStrategy.adaptive(), signals, CALL)).startsWith(own);

    signals.with(own, NOTHING.takes(0.0001).busy(1));
    assertThat(order(RoutingStrategy.adaptive(), signals, CALL).get(0)).isNotEqualTo(own);

    Target other = tier.get((tier.indexOf(own) + 1) % tier.size());
    signals.with(own, NOTHING.takes(0.0001));
    signals.with(other, NOTHING.takes(60).failing(1).waiting());
    assertThat(order(RoutingStrategy.adaptive(), signals, CALL)).startsWith(other);
  }

  @Test
  void aboveSixteenTargetsTheBetterOfTwoDrawnComesFirst() {
    List<Target> many = IntStream.range(0, 40).mapToObj(i -> Target.named("t" + i)).toList();
    ScriptedSignals signals = signals();
    many.subList(0, 20).forEach(slow -> signals.with(slow, NOTHING.takes(9)));
    many.subList(20, 40).forEach(fast -> signals.with(fast, NOTHING.takes(1)));
    RoutingStrategy.Order order = RoutingStrategy.adaptive().over(many, signals);

    long fastFirst =
        IntStream.range(0, 4_000)
            .filter(call -> many.indexOf(order.targetsFor(CALL).get(0)) >= 20)
            .count();

    assertThat(fastFirst / 4_000.0).isCloseTo(0.75, within(0.03));
  }

  @Test
  void tenantSticksToItsTargetAndMovesOnlyWhenThatOneGoes() {
    List<Target> targets = IntStream.range(0, 8).mapToObj(i -> Target.named("t" + i)).toList();
    RoutingStrategy.Order all = RoutingStrategy.sticky(2).over(targets, signals());
    RoutingStrategy.Order without =
        RoutingStrategy.sticky(2).over(targets.subList(0, 7), signals());
    Map<Target, Integer> tenants = new HashMap<>();
    for (int tenant = 0; tenant < 800; tenant++) {
      ModelCall call =
          ModelCall.blocking(Caller.of("user", "tenant" + tenant), new TokenEstimate(1, 1));
      Target usual = all.targetsFor(call).get(0);
      assertThat(all.targetsFor(call)).startsWith(usual);
      tenants.merge(usual, 1, Integer::sum);
      if (!usual.name().equals("t7")) {
        assertThat(without.targetsFor(call)).startsWith(usual);
      }
    }
    assertThat(tenants.values()).allSatisfy(count -> assertThat(count).isBetween(60, 140));
  }

  @Test
  void aSessionThatARequestNamesKeepsItsTargetInsteadOfTheTenant() {
    List<Target> targets = IntStream.range(0, 8).mapToObj(i -> Target.named("t" + i)).toList();
    RoutingStrategy.Order order = RoutingStrategy.sticky(1).over(targets, signals());
    ModelCall call = ModelCall.blocking(Caller.of("user", "tenant"), new TokenEstimate(1, 1));
    Set<Target> usual = new HashSet<>();
    for (int session = 0; session < 100; session++) {
      ModelCall own = call.on(new RequestTerms(true, "session" + session));
      assertThat(order.targetsFor(own)).isEqualTo(order.targetsFor(own));
      usual.add(order.targetsFor(own).get(0));
    }

    assertThat(usual).hasSize(8);
  }

  @Test
  void tenantOfAnOverloadedTargetGoesToTheNextOfItsSet() {
    List<Target> targets = IntStream.range(0, 8).mapToObj(i -> Target.named("t" + i)).toList();
    ScriptedSignals signals = signals();
    ModelCall call = ModelCall.blocking(Caller.of("user", "tenant"), new TokenEstimate(1, 1));
    List<Target> usual = RoutingStrategy.sticky(2).over(targets, signals).targetsFor(call);

    signals.with(usual.get(0), NOTHING.busy(20));

    assertThat(RoutingStrategy.sticky(2).over(targets, signals).targetsFor(call))
        .startsWith(usual.get(1), usual.get(0), usual.get(2));
  }

  @ParameterizedTest
  @MethodSource("strategiesThatKnowNothingToChooseBy")
  void equalCostsAreDecidedByLotNothingAndInfinityIncluded(RoutingStrategy strategy) {
    List<Target> tier = List.of(Target.named("a"), Target.named("b"));
    RoutingStrategy.Order order = strategy.over(tier, new ScriptedSignals(new Random(11)));
    int first = 0;
    for (int call = 0; call < 1_000; call++) {
      first += order.targetsFor(CALL).get(0).name().equals("a") ? 1 : 0;
    }

    assertThat(first).isBetween(400, 600);
  }

  static List<RoutingStrategy> strategiesThatKnowNothingToChooseBy() {
    return List.of(RoutingStrategy.usage(), RoutingStrategy.cost(), RoutingStrategy.leastBusy());
  }
}
