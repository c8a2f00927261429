package io.github.resilientchat.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Target;
import io.github.resilientchat.core.TokenEstimate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoutingStrategyTest {

  private static final ModelCall CALL =
      ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(1, 1));

  private final Target one = Target.builder("one").weight(1).build();
  private final Target two = Target.builder("two").weight(2).build();
  private final Target five = Target.builder("five").weight(5).build();
  private final List<Target> tier = List.of(one, two, five);

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
}
