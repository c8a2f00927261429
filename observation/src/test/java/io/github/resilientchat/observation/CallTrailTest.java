package io.github.resilientchat.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.observation.AttemptObservationContext.Outcome;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallTrailTest {

  private static final Target EAST = Target.named("east");
  private static final Target WEST = Target.named("west");

  private final AtomicLong nanos = new AtomicLong(17);
  private final CallTrail trail = CallTrail.of("chat", nanos::get);

  @Test
  void anAttemptKnowsWhenItBeganAndWhatTheOneBeforeFailedWith() {
    AttemptObservationContext first = trail.begins(EAST);
    nanos.addAndGet(7_000_000);
    trail.ended(first, new IllegalStateException("what the prompt says"));

    AttemptObservationContext second = trail.begins(WEST);
    trail.ended(second, null);

    assertThat(first.waited()).isZero();
    assertThat(first.reason()).isNull();
    assertThat(first.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(second.waited()).isEqualTo(Duration.ofMillis(7));
    assertThat(second.reason()).isEqualTo("IllegalStateException");
    assertThat(second.outcome()).isEqualTo(Outcome.ANSWERED);
  }

  @Test
  void nobodyWaitingAnyMoreIsNoReasonForTheNext() {
    AttemptObservationContext first = trail.begins(EAST);

    trail.ended(first, new CancellationException());

    assertThat(first.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(trail.begins(WEST).reason()).isNull();
  }
}
