package io.github.resilientchat.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Target;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoolDownsTest {

  private static final Failure THROTTLED = Failure.of(FailureKind.THROTTLED, "x");

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
}
