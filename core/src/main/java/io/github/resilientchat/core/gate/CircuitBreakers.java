package io.github.resilientchat.core.gate;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Target;
import io.github.resilientchat.core.Ticker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Keeps calls from places that mostly fail. Targets that name one place share its breaker. */
public final class CircuitBreakers {

  private final Ticker ticker;
  private final CircuitBreakerRegistry registry;
  private final Map<Key, GuardedBreaker> breakers = new ConcurrentHashMap<>();

  private record Key(String place, BreakerPolicy policy) {}

  public CircuitBreakers(Ticker ticker, CircuitBreakerRegistry registry) {
    this.ticker = ticker;
    this.registry = registry;
  }

  /** The gate of a route with this policy. */
  public Gate with(BreakerPolicy policy) {
    return (ModelCall call, Target target) -> breaker(target, policy).tryEnter();
  }

  private GuardedBreaker breaker(Target target, BreakerPolicy policy) {
    return breakers.computeIfAbsent(
        new Key(target.place(), policy),
        key -> new GuardedBreaker(named(target.place(), policy), ticker, policy.openFor()));
  }

  private CircuitBreaker named(String place, BreakerPolicy policy) {
    boolean taken = registry.find(place).isPresent();
    String name = taken ? place + "#" + Integer.toHexString(policy.hashCode()) : place;
    return registry.circuitBreaker(name, config(policy));
  }

  private CircuitBreakerConfig config(BreakerPolicy policy) {
    return CircuitBreakerConfig.custom()
        .slidingWindowType(SlidingWindowType.TIME_BASED)
        .slidingWindowSize((int) policy.window().toSeconds())
        .minimumNumberOfCalls(policy.minimumCalls())
        .failureRateThreshold(policy.failureRate())
        .waitDurationInOpenState(policy.openFor())
        .permittedNumberOfCallsInHalfOpenState(policy.halfOpenCalls())
        .writableStackTraceEnabled(false)
        .clock(new TickerClock(ticker))
        .currentTimestampFunction(clock -> ticker.nanos(), TimeUnit.NANOSECONDS)
        .build();
  }
}
