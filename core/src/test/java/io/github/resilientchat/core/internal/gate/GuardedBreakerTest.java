package io.github.resilientchat.core.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilientchat.core.VirtualClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes of a breaker that is half open, whoever else looks at it meanwhile. */
class GuardedBreakerTest {

  private static final Outcome CANCELLED = new Outcome(Ending.CANCELLED, null, 1);
  private static final Outcome SUCCEEDED = new Outcome(Ending.SUCCEEDED, null, 1);

  private final VirtualClock clock = new VirtualClock();

  /** Lets in one probe, ten seconds after it opened. */
  private final CircuitBreaker breaker =
      CircuitBreaker.of(
          "x",
          CircuitBreakerConfig.custom()
              .waitDurationInOpenState(Duration.ofSeconds(10))
              .permittedNumberOfCallsInHalfOpenState(1)
              .clock(new TickerClock(clock))
              .currentTimestampFunction(now -> clock.nanos(), TimeUnit.NANOSECONDS)
              .build());

  private int readsUntilPreempted = Integer.MAX_VALUE;
  private Runnable meanwhile = () -> {};
  private final GuardedBreaker guarded = new GuardedBreaker(preempted(), clock.nanos());

  /** The breaker, seen by a thread that loses its turn right after it read the state. */
  private CircuitBreaker preempted() {
    return (CircuitBreaker)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {CircuitBreaker.class},
            (proxy, method, arguments) -> {
              Object result;
              try {
                result = method.invoke(breaker, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (method.getName().equals("getState") && --readsUntilPreempted == 0) {
                meanwhile.run();
              }
              return result;
            });
  }

  private @Nullable Permit enter() {
    Held held = new Held();
    return guarded.tryEnter(clock.nanos(), held) == null ? new Permit(held, clock) : null;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void probeIsGivenBackAlthoughSomebodySawTheBreakerOpenBeforeItAndSaysSoAfterIt(int read) {
    breaker.transitionToOpenState();
    clock.advance(Duration.ofSeconds(11));
    Permit[] probe = new Permit[1];
    meanwhile = () -> probe[0] = enter();
    readsUntilPreempted = read;
    guarded.opensIn(clock.nanos());
    assertThat(probe[0]).isNotNull();
    assertThat(enter()).isNull();

    probe[0].release(CANCELLED);

    assertThat(enter()).isNotNull();
  }

  @Test
  void operatorLetsInAProbeBesideOneThatHangsAndNothingIsHeardOfThat() {
    breaker.transitionToOpenState();
    clock.advance(Duration.ofSeconds(11));
    Permit hanging = enter();
    assertThat(enter()).isNull();

    assertThat(guarded.tryHalfOpen(clock.nanos())).isTrue();

    Permit probe = enter();
    hanging.release(CANCELLED);
    assertThat(enter()).isNull();
    probe.release(SUCCEEDED);
    assertThat(guarded.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void operatorHasNothingToDoWhereAProbeIsLetInAnyway() {
    assertThat(guarded.tryHalfOpen(clock.nanos())).isFalse();
    breaker.transitionToOpenState();
    assertThat(guarded.tryHalfOpen(clock.nanos())).isTrue();

    assertThat(guarded.tryHalfOpen(clock.nanos())).isFalse();

    assertThat(enter()).isNotNull();
    assertThat(enter()).isNull();
  }
}
