package io.github.resilientchat.core.internal.gate;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.route.BreakerPolicy;
import io.github.resilientchat.core.route.Target;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Keeps calls from places that mostly fail. Targets that name one place share its breakers, one for
 * each way of calling: a proxy may break streams and let blocking calls through. A place's breaker
 * for streams is registered under its name and {@code " streaming"}.
 */
public final class CircuitBreakers {

  private static final String STREAMING = " streaming";

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

  /** The breaker of blocking calls to a target. */
  GuardedBreaker blocking(Target target, BreakerPolicy policy) {
    return breaker(target.place(), policy);
  }

  /** The breaker of streams from a target. */
  GuardedBreaker streaming(Target target, BreakerPolicy policy) {
    return breaker(target.place() + STREAMING, policy);
  }

  /** Made under no lock of ours: the registry tells its consumers of every new breaker. */
  private GuardedBreaker breaker(String place, BreakerPolicy policy) {
    Key key = new Key(place, policy);
    GuardedBreaker known = breakers.get(key);
    if (known != null) {
      return known;
    }
    GuardedBreaker made = new GuardedBreaker(named(key.place(), policy), ticker.nanos());
    GuardedBreaker first = breakers.putIfAbsent(key, made);
    return first == null ? made : first;
  }

  /** All are closed and have heard of nothing. */
  void forget() {
    for (Map.Entry<Key, GuardedBreaker> entry : breakers.entrySet()) {
      entry.setValue(entry.getValue().asNew(ticker.nanos()));
    }
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
        .waitIntervalFunctionInOpenState(new OpenWait(policy.openFor(), random))
        .permittedNumberOfCallsInHalfOpenState(policy.halfOpenCalls())
        .writableStackTraceEnabled(false)
        .clock(new TickerClock(ticker))
        .currentTimestampFunction(clock -> ticker.nanos(), TimeUnit.NANOSECONDS)
        .build();
  }
}
