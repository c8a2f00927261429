package io.github.resilientchat.benchmarks.simulation;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilientchat.core.route.BreakerPolicy;
import io.github.resilientchat.core.route.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The circuit breakers of one router, seen through the registry that users see them through. */
final class BreakerView {

  private static final double LONGEST = 1.2;
  private static final int MAX_DOUBLINGS = 4;

  private final CircuitBreakerRegistry registry;
  private final BreakerPolicy policy;
  private final Map<Target, CircuitBreaker> breakers = new HashMap<>();
  private final Map<Target, Integer> openings = new HashMap<>();
  private final Set<Target> probed = new HashSet<>();

  BreakerView(CircuitBreakerRegistry registry, BreakerPolicy policy) {
    this.registry = registry;
    this.policy = policy;
  }

  boolean isOpen(Target target) {
    return stateOf(target) == CircuitBreaker.State.OPEN;
  }

  boolean isHalfOpen(Target target) {
    return stateOf(target) == CircuitBreaker.State.HALF_OPEN;
  }

  void began(Target target) {
    if (isHalfOpen(target)) {
      probed.add(target);
    }
  }

  void answered(Target target) {
    probed.remove(target);
    if (stateOf(target) == CircuitBreaker.State.CLOSED) {
      openings.remove(target);
    }
  }

  void failed(Target target) {
    if (isOpen(target) && (probed.remove(target) || !openings.containsKey(target))) {
      openings.merge(target, 1, Integer::sum);
    }
  }

  /** How long the breaker may stay as it is until it lets a probe in; 0 when it is closed. */
  long rest(Target target) {
    int doublings = Math.min(openings.getOrDefault(target, 1) - 1, MAX_DOUBLINGS);
    return stateOf(target) == CircuitBreaker.State.CLOSED
        ? 0
        : (long) (LONGEST * (policy.openFor().toNanos() << doublings));
  }

  private CircuitBreaker.State stateOf(Target target) {
    CircuitBreaker known = breakers.get(target);
    if (known == null) {
      // The engine makes a breaker when it first needs it.
      known = registry.find(target.place()).orElse(null);
      if (known == null) {
        return CircuitBreaker.State.CLOSED;
      }
      breakers.put(target, known);
    }
    return known.getState();
  }
}
