package io.github.resilientchat.core.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.Consequences;
import io.github.resilientchat.core.failure.Evidence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.failure.FailurePolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoolDownsTest {

  private static final Consequence THROTTLED = after(Failure.of(FailureKind.THROTTLED, "x"));

  private static final Consequence OUT_OF_CAPACITY =
      Consequences.of(
          Failure.of(FailureKind.NO_CAPACITY, "x"),
          new Evidence(false, true, 1, false),
          FailurePolicy.DEFAULTS);

  private static Consequence after(Failure failure) {
    return Consequences.of(failure, Evidence.NONE, FailurePolicy.DEFAULTS);
  }

  private static Consequence throttledFor(Duration said) {
    return after(Failure.of(FailureKind.THROTTLED, "x").retryAfter(said));
  }

  private final VirtualClock clock = new VirtualClock();
  private final ClockedCoolDowns coolDowns = new ClockedCoolDowns(clock, new Random(1));
  private final Target target = Target.named("sonnet");

  private Duration remaining() {
    return coolDowns.tryEnter(target) instanceof Refusal refusal
        ? refusal.retryAfter()
        : Duration.ZERO;
  }

  @Test
  void restIsJitteredByAFifth() {
    coolDowns.cool(target, THROTTLED);

    assertThat(remaining()).isBetween(Duration.ofMillis(1_600), Duration.ofMillis(2_400));
  }

  @Test
  void restDoublesOnRepetitionAndStartsOverAfterACleanMinute() {
    coolDowns.cool(target, THROTTLED);
    for (int i = 1; i <= 6; i++) {
      clock.advance(remaining());
      coolDowns.cool(target, THROTTLED);
      long factor = 1L << Math.min(i, 4);
      assertThat(remaining())
          .isBetween(Duration.ofMillis(1_600 * factor), Duration.ofMillis(2_400 * factor));
    }
    clock.advance(remaining().plusSeconds(61));
    coolDowns.cool(target, THROTTLED);

    assertThat(remaining()).isLessThan(Duration.ofMillis(2_401));
  }

  @Test
  void restNeverGetsShorter() {
    coolDowns.cool(target, throttledFor(Duration.ofSeconds(30)));
    coolDowns.cool(target, throttledFor(Duration.ofSeconds(5)));
    coolDowns.cool(target, THROTTLED);

    assertThat(remaining()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void laterAndLongerWordOfTheProviderExtendsTheRest() {
    coolDowns.cool(target, throttledFor(Duration.ofSeconds(5)));
    coolDowns.cool(target, throttledFor(Duration.ofSeconds(30)));

    assertThat(remaining()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void burstOfFailuresFromCallsUnderWayCountsOnce() {
    for (int i = 0; i < 20; i++) {
      coolDowns.cool(target, THROTTLED);
    }
    assertThat(remaining()).isLessThan(Duration.ofMillis(2_401));
  }

  @Test
  void somebodyMakesSureOfAQuotaThatNobodyAskedForSinceItIsBack() {
    long asked = clock.nanos();
    coolDowns.cool(target, THROTTLED);
    clock.advance(remaining().plusSeconds(19));
    assertThat(coolDowns.probeDue(target, asked)).as("it is back by itself").isFalse();

    clock.advance(Duration.ofSeconds(1));
    assertThat(coolDowns.probeDue(target, asked)).isTrue();
    assertThat(coolDowns.probeDue(target, clock.nanos())).as("somebody has").isFalse();
  }

  /** A rest is over, and its probe is under way. */
  private Permit probe() {
    clock.advance(remaining());
    Permit probe = (Permit) coolDowns.tryEnter(target);
    assertThat(coolDowns.tryEnter(target)).isInstanceOf(Refusal.class);
    return probe;
  }

  private void release(Permit permit, Ending ending) {
    permit.release(new Outcome(ending, null, 0));
  }

  @Test
  void firstContentOfAProbeLetsTheOthersIn() {
    coolDowns.cool(target, OUT_OF_CAPACITY);
    Permit probe = probe();

    probe.working();

    assertThat(coolDowns.tryEnter(target)).isInstanceOf(Permit.class);
  }

  @Test
  void probeThatWorkedSaysNothingMoreWhenItEnds() {
    coolDowns.cool(target, OUT_OF_CAPACITY);
    Permit first = probe();
    first.working();
    clock.advance(Duration.ofMinutes(1));
    coolDowns.cool(target, OUT_OF_CAPACITY);
    probe();

    release(first, Ending.SUCCEEDED);

    assertThat(coolDowns.tryEnter(target)).isInstanceOf(Refusal.class);
  }

  @Test
  void failedProbesDoubleTheRest() {
    coolDowns.cool(target, OUT_OF_CAPACITY);
    for (int i = 1; i <= 3; i++) {
      Permit probe = probe();
      clock.advance(Duration.ofSeconds(15));
      coolDowns.cool(target, OUT_OF_CAPACITY);
      release(probe, Ending.FAILED);
      long factor = 1L << i;
      assertThat(remaining())
          .isBetween(Duration.ofMillis(4_000 * factor), Duration.ofMillis(6_000 * factor));
    }
  }

  @Test
  void failureSoonAfterTheProbeDoublesTheRestAndARareOneDoesNot() {
    coolDowns.cool(target, OUT_OF_CAPACITY);
    release(probe(), Ending.SUCCEEDED);
    clock.advance(Duration.ofSeconds(1));
    coolDowns.cool(target, OUT_OF_CAPACITY);
    assertThat(remaining()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));

    release(probe(), Ending.SUCCEEDED);
    clock.advance(Duration.ofSeconds(25));
    coolDowns.cool(target, OUT_OF_CAPACITY);
    assertThat(remaining()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
  }

  /** A probe whose answer takes a minute was not refused, and keeps nobody out for longer. */
  @Test
  void probeIsAloneForASecondAtMost() {
    coolDowns.cool(target, OUT_OF_CAPACITY);
    probe();

    clock.advance(Duration.ofMillis(999));
    assertThat(coolDowns.tryEnter(target)).isInstanceOf(Refusal.class);
    clock.advance(Duration.ofMillis(1));
    assertThat(coolDowns.tryEnter(target)).isInstanceOf(Permit.class);
    assertThat(coolDowns.tryEnter(target)).isInstanceOf(Permit.class);
  }

  /**
   * After its second a probe shares its turn; who came in beside it does not end the next one's.
   */
  @Test
  void callLetInBesideAProbeDoesNotEndTheTurnOfAnother() {
    coolDowns.cool(target, OUT_OF_CAPACITY);
    Permit first = probe();
    clock.advance(Duration.ofSeconds(1));
    Permit beside = (Permit) coolDowns.tryEnter(target);
    release(first, Ending.FAILED);
    clock.advance(Duration.ofMillis(100));
    assertThat(coolDowns.tryEnter(target)).isInstanceOf(Permit.class);

    release(beside, Ending.FAILED);

    assertThat(coolDowns.tryEnter(target)).isInstanceOf(Refusal.class);
  }

  /** Those who asked before the rest are no probes of what comes after it. */
  @Test
  void nextRestHasAProbeOfItsOwn() {
    coolDowns.cool(target, OUT_OF_CAPACITY);
    probe();
    clock.advance(Duration.ofSeconds(1));

    coolDowns.cool(target, OUT_OF_CAPACITY);

    probe();
  }

  @Test
  void whatHasNowhereElseToGoAsksARestingTargetTenTimesASecond() {
    coolDowns.cool(target, OUT_OF_CAPACITY);

    assertThat(coolDowns.tryUrgently(target)).isInstanceOf(Permit.class);
    assertThat(coolDowns.tryUrgently(target)).isInstanceOf(Refusal.class);
    clock.advance(Duration.ofMillis(100));
    Permit asked = (Permit) coolDowns.tryUrgently(target);
    release(asked, Ending.SUCCEEDED);

    assertThat(coolDowns.tryEnter(target)).isInstanceOf(Permit.class);
    assertThat(coolDowns.remaining(target)).isZero();
  }

  @Test
  void nothingOverrulesAQuotaOrTheProvidersWord() {
    Target other = Target.named("other");
    coolDowns.cool(target, THROTTLED);
    coolDowns.cool(
        other, after(Failure.of(FailureKind.NO_CAPACITY, "x").retryAfter(Duration.ofSeconds(5))));

    assertThat(coolDowns.tryUrgently(target)).isInstanceOf(Refusal.class);
    assertThat(coolDowns.tryUrgently(other)).isInstanceOf(Refusal.class);
  }

  @Test
  void answerToACallThatBeganBeforeTheRestDoesNotEndIt() {
    coolDowns.cool(target, OUT_OF_CAPACITY);
    Permit early = probe();
    clock.advance(Duration.ofSeconds(10));
    coolDowns.cool(target, OUT_OF_CAPACITY);

    release(early, Ending.SUCCEEDED);

    assertThat(coolDowns.tryEnter(target)).isInstanceOf(Refusal.class);
  }
}
