package io.github.resilientchat.core.strategy;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Target;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How a route spreads calls over the targets of a tier. A strategy is a recipe without state; each
 * tier of each route gets an {@link Order} of its own.
 */
@FunctionalInterface
public interface RoutingStrategy {

  /** The order over one tier; called once per tier when the route is set up. */
  Order over(List<Target> tier, RandomGenerator random);

  /** Puts a tier's targets in the order in which one call tries them. Thread-safe, never blocks. */
  @FunctionalInterface
  interface Order {
    /** All targets of the tier, most preferred first. */
    List<Target> targetsFor(ModelCall call);
  }

  /** As configured: the first target takes everything it can. */
  static RoutingStrategy ordered() {
    return (tier, random) -> call -> tier;
  }

  /** In turn. */
  static RoutingStrategy roundRobin() {
    return (tier, random) -> new RoundRobin(tier);
  }

  /** At random, in proportion to the targets' weights. */
  static RoutingStrategy weighted() {
    return (tier, random) -> new WeightedRandom(tier, random);
  }
}
