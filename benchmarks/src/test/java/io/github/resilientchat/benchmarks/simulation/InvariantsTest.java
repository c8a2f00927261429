package io.github.resilientchat.benchmarks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every invariant holds in every scenario, for 200 seeds that take the strategies in turn. Replay a
 * failure with {@code -Dsimulation.seed=N -Dsimulation.scenario=name}.
 */
class InvariantsTest {

  private static final long SEEDS = 200;
  private static final @Nullable Long ONLY_SEED = Long.getLong("simulation.seed");
  private static final String ONLY_SCENARIO = System.getProperty("simulation.scenario", "");

  @TestFactory
  Stream<DynamicTest> invariantsHold() {
    return scenarios()
        .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> holdIn(scenario)));
  }

  private static Stream<Scenario> scenarios() {
    return ONLY_SCENARIO.isEmpty()
        ? Scenario.ALL.stream()
        : Stream.of(Scenario.named(ONLY_SCENARIO).orElseThrow());
  }

  private static void holdIn(Scenario scenario) {
    LongStream seeds =
        ONLY_SEED == null ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(ONLY_SEED);
    List<String> broken =
        seeds.parallel().mapToObj(seed -> broken(scenario, seed)).filter(Objects::nonNull).toList();
    assertThat(broken).isEmpty();
  }

  private static @Nullable String broken(Scenario scenario, long seed) {
    Contender contender = Contender.OURS.get((int) (seed % Contender.OURS.size()));
    try {
      Run.of(scenario, contender, seed, Rigour.INVARIANTS);
      return null;
    } catch (Broken e) {
      return String.format(
          "%s: -Dsimulation.seed=%d \"-Dsimulation.scenario=%s\" %s",
          contender.name(), seed, scenario.name(), e.getMessage());
    }
  }
}
