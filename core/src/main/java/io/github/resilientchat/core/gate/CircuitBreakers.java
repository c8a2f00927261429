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
import java.util.random.RandomGenerator;

/** Keeps calls from places that mostly fail. Targets that name one place share its breaker. */
public final class CircuitBreakers {

  private final Ticker ticker;
  private final CircuitBreakerRegistry registry;
  private final RandomGenerator random;
  private final Map<Key, GuardedBreaker> breakers = new ConcurrentHashMap<>();

  private record Key(String place, BreakerPolicy policy) {}

  public CircuitBreakers(Ticker ticker, CircuitBreakerRegistry registry, RandomGenerator random) {
    this.ticker = ticker;
    this.registry = registry;
    this.random = random;
  }

  /** The gate of a route with this policy. */
  public Gate with(BreakerPolicy policy) {
    // By name, which costs nothing to look up; the breaker is the place's all the same.
    Map<String, GuardedBreaker> byTarget = new ConcurrentHashMap<>();
    return (ModelCall call, Target target) -> {
      GuardedBreaker known = byTarget.get(target.name());
      if (known == null) {
        known = byTarget.computeIfAbsent(target.name(), name -> breaker(target, policy));
      }
      return known.tryEnter();
    };
  }

  /**
   * Lets a single call through an open breaker before its time, at most one a second: for the case
   * that every target is out for no other reason.
   */
  public Entry tryProbe(Target target, BreakerPolicy policy) {
    return breaker(target, policy).tryProbe();
  }

  private GuardedBreaker breaker(Target target, BreakerPolicy policy) {
    return breakers.computeIfAbsent(new Key(target.place(), policy), this::newBreaker);
  }

  private GuardedBreaker newBreaker(Key key) {
    OpenWait wait = new OpenWait(key.policy().openFor(), random);
    return new GuardedBreaker(named(key.place(), key.policy(), wait), ticker, wait);
  }

  private CircuitBreaker named(String place, BreakerPolicy policy, OpenWait wait) {
    boolean taken = registry.find(place).isPresent();
    String name = taken ? place + "#" + Integer.toHexString(policy.hashCode()) : place;
    return registry.circuitBreaker(name, config(policy, wait));
  }

  private CircuitBreakerConfig config(BreakerPolicy policy, OpenWait wait) {
    return CircuitBreakerConfig.custom()
        .slidingWindowType(SlidingWindowType.TIME_BASED)
        .slidingWindowSize((int) policy.window().toSeconds())
        .minimumNumberOfCalls(policy.minimumCalls())
        .failureRateThreshold(policy.failureRate())
        .waitIntervalFunctionInOpenState(wait)
        .permittedNumberOfCallsInHalfOpenState(policy.halfOpenCalls())
        .writableStackTraceEnabled(false)
        .clock(new TickerClock(ticker))
        .currentTimestampFunction(clock -> ticker.nanos(), TimeUnit.NANOSECONDS)
        .build();
  }
}
