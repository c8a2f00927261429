package io.github.resilientchat.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final Row ROW = Row.of("row", Breakage.wire(Manner.RESET));
  private static final Outcome GOOD = outcome(100, Duration.ofSeconds(15), Left.NOTHING, 0);

  @Test
  void loneTargetMayStayTwoPointsBelowThePlainModel() {
    assertThat(one(answered(88), answered(90))).isEmpty();
    assertThat(one(answered(87), answered(90))).containsExactly("answered 87.0 < 88.0");
  }

  @Test
  void ofThreeTargetsNinetyNineInAHundredAreAnsweredWhateverThePlainModelDoes() {
    assertThat(three(answered(99), answered(0))).isEmpty();
    assertThat(three(answered(98), answered(0))).containsExactly("answered 98.0 < 99.0");
  }

  @Test
  void oneCallOfASingleRunIsNoEvidence() {
    assertThat(Verdict.OF_ONE_RUN.on(ROW, Contender.THREE_TARGETS, answered(98), answered(0)))
        .isEmpty();
    assertThat(Verdict.OF_ONE_RUN.on(ROW, Contender.THREE_TARGETS, answered(97), answered(0)))
        .isNotEmpty();
  }

  @Test
  void recoveredTargetAnswersWithinFifteenSeconds() {
    Outcome late = outcome(100, Duration.ofMillis(15_001), Left.NOTHING, 0);

    assertThat(three(GOOD, GOOD)).isEmpty();
    assertThat(three(late, GOOD)).containsExactly("back 15.0");
    assertThat(Verdict.POOLED.on(ROW.namingConfiguration(), Contender.THREE_TARGETS, late, GOOD))
        .isEmpty();
  }

  @Test
  void nothingIsLeft() {
    assertThat(
            List.of(
                new Left(1, 0, 0, 0),
                new Left(0, 30, 0, 0),
                new Left(0, 0, 1, 0),
                new Left(0, 0, 0, 1)))
        .allSatisfy(
            left ->
                assertThat(one(outcome(100, Duration.ZERO, left, 0), GOOD))
                    .containsExactly("left " + left));
  }

  @Test
  void noAnswerIsCutWrongOrGivenTwice() {
    assertThat(one(outcome(100, Duration.ZERO, Left.NOTHING, 1), GOOD)).hasSize(1);
  }

  @Test
  void runsOfARowArePooled() {
    Outcome pooled = answered(97).and(answered(100)).and(answered(100));

    assertThat(pooled.percent()).isEqualTo(99);
    assertThat(pooled.and(outcome(100, Duration.ofSeconds(20), Left.NOTHING, 0)).back())
        .isEqualTo(Duration.ofSeconds(20).toNanos());
  }

  private static List<String> one(Outcome decorated, Outcome plain) {
    return Verdict.POOLED.on(ROW, Contender.ONE_TARGET, decorated, plain);
  }

  private static List<String> three(Outcome decorated, Outcome plain) {
    return Verdict.POOLED.on(ROW, Contender.THREE_TARGETS, decorated, plain);
  }

  private static Outcome answered(int calls) {
    return outcome(calls, Duration.ZERO, Left.NOTHING, 0);
  }

  private static Outcome outcome(int answered, Duration back, Left left, int broken) {
    return new Outcome(100, answered, 0, 0, 0, 0, 0, back.toNanos(), broken, left, Map.of());
  }
}
