package io.github.resilientchat.benchmarks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunTest {

  static java.util.List<Contender> contenders() {
    return Contender.ALL;
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

    Run.Result other = Run.of(Scenario.DEAD, Contender.ALL.get(0), 9, Rigour.INVARIANTS);
    assertThat(result.calls()).isEqualTo(other.calls());
  }
}
