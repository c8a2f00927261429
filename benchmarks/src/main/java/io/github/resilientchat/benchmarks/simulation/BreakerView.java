package io.github.resilientchat.benchmarks.simulation;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilientchat.core.route.BreakerPolicy;
import io.github.resilientchat.core.route.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The circuit breakers of one router, seen through the registry that users see them through: two
 * for each place, one for each way of calling it.
 */
final class BreakerView {

  private final CircuitBreakerRegistry registry;
  private final BreakerPolicy policy;
  private final Map<String, BreakerWatch> watches = new HashMap<>();

  BreakerView(CircuitBreakerRegistry registry, BreakerPolicy policy) {
    this.registry = registry;
    this.policy = policy;
  }

  BreakerWatch of(Target target, boolean streaming) {
    String name = nameOf(target, streaming);
    return watches.computeIfAbsent(
        name, unused -> new BreakerWatch(() -> registry.find(name), policy));
  }

  /** How long the target's breakers may stay as they are until one lets a probe in; 0 if closed. */
  long rest(Target target) {
    return Math.max(of(target, false).rest(), of(target, true).rest());
  }

  /** Names of breakers that belong to no way of calling any of the targets. */
  Set<String> strangers(List<Target> targets) {
    Set<String> known =
        targets.stream()
            .flatMap(target -> Stream.of(nameOf(target, false), nameOf(target, true)))
            .collect(Collectors.toSet());
    return registry.getAllCircuitBreakers().stream()
        .map(CircuitBreaker::getName)
        .filter(name -> !known.contains(name))
        .collect(Collectors.toSet());
  }

  private static String nameOf(Target target, boolean streaming) {
    return streaming ? target.place() + " streaming" : target.place();
  }
}
