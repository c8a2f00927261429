package io.github.resilientchat.core.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilientchat.core.VirtualClock;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.Consequences;
import io.github.resilientchat.core.failure.Evidence;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.failure.FailurePolicy;
import io.github.resilientchat.core.route.BreakerPolicy;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CircuitBreakersTest {

  private static final BreakerPolicy POLICY =
      new BreakerPolicy(50, 4, Duration.ofSeconds(30), Duration.ofSeconds(15), 2);
  private static final Outcome FAILED = failed(FailureKind.UNAVAILABLE);
  private static final Outcome SUCCEEDED = new Outcome(Ending.SUCCEEDED, null, 1);
  private static final Outcome CANCELLED = new Outcome(Ending.CANCELLED, null, 1);

  private final VirtualClock clock = new VirtualClock();
  private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
  private final CircuitBreakers breakers =
      new CircuitBreakers(clock, registry, new java.util.Random(3));
  private final Target target = Target.named("sonnet");

  private static Outcome failed(FailureKind kind) {
    Consequence then =
        Consequences.of(Failure.of(kind, "x"), Evidence.NONE, FailurePolicy.DEFAULTS);
    return new Outcome(Ending.FAILED, then, 1);
  }

  private Object enter() {
    return enter(target);
  }

  private Object enter(Target place) {
    Held held = new Held();
    @Nullable Refusal refusal = breakers.blocking(place, POLICY).tryEnter(clock.nanos(), held);
    return refusal == null ? new Permit(held, clock) : refusal;
  }

  private void run(int calls, Outcome outcome) {
    for (int i = 0; i < calls; i++) {
      ((Permit) enter()).release(outcome);
    }
  }

  private CircuitBreaker breaker() {
    return registry.find(target.place()).orElseThrow();
  }

  @Test
  void opensWhenHalfOfTheCallsFailAndSaysForHowLong() {
    run(2, SUCCEEDED);
    run(2, FAILED);

    Refusal refusal = (Refusal) enter();

    assertThat(refusal.gate()).isEqualTo("circuit breaker open");
    assertThat(refusal.retryAfter()).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(18));
  }

  @Test
  void recoversThroughProbesWithoutAnybodyAskingForItsState() {
    run(4, FAILED);
    clock.advance(((Refusal) enter()).retryAfter());

    run(2, SUCCEEDED);

    assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void throttlesAndRefusedPromptsAreNoBreakerFailures() {
    run(10, failed(FailureKind.THROTTLED));
    run(10, failed(FailureKind.REJECTED));

    assertThat(enter()).isInstanceOf(Permit.class);
  }

  @Test
  void oldSuccessThatEndsWhileHalfOpenIsNoProbe() {
    List<Permit> old = entered(3);
    run(4, FAILED);
    clock.advance(Duration.ofSeconds(19));
    Permit probe = (Permit) enter();

    old.forEach(permit -> permit.release(SUCCEEDED));

    assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
    probe.release(SUCCEEDED);
    run(1, SUCCEEDED);
    assertThat(breaker().getState()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void lateReleasesMakeNoRoomForExtraProbes() {
    List<Permit> old = entered(3);
    run(4, FAILED);
    clock.advance(Duration.ofSeconds(19));
    entered(2);

    old.forEach(permit -> permit.release(CANCELLED));

    assertThat(enter()).isInstanceOf(Refusal.class);
  }

  @Test
  void cancelledProbeMakesRoomForAnother() {
    run(4, FAILED);
    clock.advance(Duration.ofSeconds(19));
    List<Permit> probes = entered(2);
    assertThat(enter()).isInstanceOf(Refusal.class);

    probes.get(0).release(CANCELLED);

    assertThat(enter()).isInstanceOf(Permit.class);
  }

  @Test
  void targetsThatNameOnePlaceShareItsBreaker() {
    run(4, FAILED);
    Target twin = Target.builder("twin").model("sonnet").build();

    assertThat(enter(twin)).isInstanceOf(Refusal.class);
  }

  private List<Permit> entered(int count) {
    List<Permit> permits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      permits.add((Permit) enter());
    }
    return permits;
  }
}
