package io.github.resilientchat.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RanTest {

  private static final RowRun.Key KEY =
      new RowRun.Key(new Cell(Framework.SPRING_AI, true), Contender.ONE_TARGET);

  @Test
  void soundRunsArePooled() {
    assertThat(answered(sound(100), sound(40))).isEqualTo(140);
  }

  @Test
  void doubtfulRunProvesNothingBesideASoundOne() {
    assertThat(answered(doubtful(40), sound(100))).isEqualTo(100);
  }

  @Test
  void doubtfulRunsAreShownWhenThereIsNoOther() {
    assertThat(answered(doubtful(40), doubtful(100))).isEqualTo(140);
  }

  private static int answered(Ran... runs) {
    return Ran.pooled(List.of(runs)).get(KEY).answered();
  }

  private static Ran sound(int answered) {
    return new Ran(Map.of(KEY, outcome(answered)), List.of());
  }

  private static Ran doubtful(int answered) {
    return new Ran(Map.of(KEY, outcome(answered)), List.of("the machine stood still"));
  }

  private static Outcome outcome(int answered) {
    return new Outcome(100, answered, 0, 0, 0, 0, 0, 0, 0, Left.NOTHING, Map.of());
  }
}
