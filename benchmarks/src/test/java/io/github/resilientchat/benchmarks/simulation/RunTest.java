package io.github.resilientchat.benchmarks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunTest {

  /** One strategy with feedback, one without, and one peer. */
  static List<Contender> contenders() {
    return List.of(
        Contender.named(Contender.ADAPTIVE_NAME),
        Contender.named("weighted"),
        Contender.named(Contender.PEAK_EWMA_NAME));
  }

  @ParameterizedTest
  @MethodSource("contenders")
  void oneSeedIsOneRun(Contender contender) {
    Run.Result first = Run.of(Scenario.UNEQUAL, contender, 5, Rigour.INVARIANTS);
    Run.Result again = Run.of(Scenario.UNEQUAL, contender, 5, Rigour.INVARIANTS);

    assertThat(again).isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("contenders")
  void allStrategiesOfASeedGetTheSameCalls(Contender contender) {
    Run.Result result = Run.of(Scenario.DEAD, contender, 9, Rigour.INVARIANTS);

    Run.Result other = Run.of(Scenario.DEAD, Contender.named("round-robin"), 9, Rigour.INVARIANTS);
    assertThat(result.calls()).isEqualTo(other.calls());
  }
}
