package io.github.resilientchat.core.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoolDownsTest {

  private static final Failure THROTTLED = Failure.of(FailureKind.THROTTLED, "x");

  private static final Failure UNAVAILABLE =
      Failure.of(FailureKind.UNAVAILABLE, "x").cooling(FailureDomain.REGION_MODEL);

  private final VirtualClock clock = new VirtualClock();
  private final CoolDowns coolDowns = new CoolDowns(clock, new Random(1));
  private final Target target = Target.named("sonnet");
  private final ModelCall call = ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(1, 1));

  private Duration remaining() {
    return coolDowns.tryEnter(call, target) instanceof Refusal refusal
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
    coolDowns.cool(target, THROTTLED.retryAfter(Duration.ofSeconds(30)));
    coolDowns.cool(target, THROTTLED.retryAfter(Duration.ofSeconds(5)));
    coolDowns.cool(target, THROTTLED);

    assertThat(remaining()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void laterAndLongerWordOfTheProviderExtendsTheRest() {
    coolDowns.cool(target, THROTTLED.retryAfter(Duration.ofSeconds(5)));
    coolDowns.cool(target, THROTTLED.retryAfter(Duration.ofSeconds(30)));

    assertThat(remaining()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void burstOfFailuresFromCallsUnderWayCountsOnce() {
    for (int i = 0; i < 20; i++) {
      coolDowns.cool(target, THROTTLED);
    }
    assertThat(remaining()).isLessThan(Duration.ofMillis(2_401));
  }

  /** A rest is over, and its probe is under way. */
  private Permit probe() {
    clock.advance(remaining());
    Permit probe = (Permit) coolDowns.tryEnter(call, target);
    assertThat(coolDowns.tryEnter(call, target)).isInstanceOf(Refusal.class);
    return probe;
  }

  private void release(Permit permit, Outcome.Ending ending) {
    permit.release(new Outcome(ending, null, null, false, 0));
  }

  @Test
  void firstContentOfAProbeLetsTheOthersIn() {
    coolDowns.cool(target, UNAVAILABLE);
    Permit probe = probe();

    probe.working();

    assertThat(coolDowns.tryEnter(call, target)).isInstanceOf(Permit.class);
  }

  @Test
  void probeThatWorkedSaysNothingMoreWhenItEnds() {
    coolDowns.cool(target, UNAVAILABLE);
    Permit first = probe();
    first.working();
    clock.advance(Duration.ofMinutes(1));
    coolDowns.cool(target, UNAVAILABLE);
    probe();

    release(first, Outcome.Ending.SUCCEEDED);

    assertThat(coolDowns.tryEnter(call, target)).isInstanceOf(Refusal.class);
  }

  @Test
  void failedProbesDoubleTheRest() {
    coolDowns.cool(target, UNAVAILABLE);
    for (int i = 1; i <= 3; i++) {
      Permit probe = probe();
      clock.advance(Duration.ofSeconds(15));
      coolDowns.cool(target, UNAVAILABLE);
      release(probe, Outcome.Ending.FAILED);
      long factor = 1L << i;
      assertThat(remaining())
          .isBetween(Duration.ofMillis(4_000 * factor), Duration.ofMillis(6_000 * factor));
    }
  }

  @Test
  void failureSoonAfterTheProbeDoublesTheRestAndARareOneDoesNot() {
    coolDowns.cool(target, UNAVAILABLE);
    release(probe(), Outcome.Ending.SUCCEEDED);
    clock.advance(Duration.ofSeconds(1));
    coolDowns.cool(target, UNAVAILABLE);
    assertThat(remaining()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));

    release(probe(), Outcome.Ending.SUCCEEDED);
    clock.advance(Duration.ofSeconds(25));
    coolDowns.cool(target, UNAVAILABLE);
    assertThat(remaining()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
  }
}
