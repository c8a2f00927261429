package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.StickyBy;
import java.util.function.Supplier;

/** The strategies that properties can name; a new one is a line here. */
enum Strategy {
  /** Where the answer is likely to come soonest without wasting quota. */
  ADAPTIVE(RoutingStrategy::adaptive),
  /** At random, in proportion to the targets' weights. */
  WEIGHTED(RoutingStrategy::weighted),
  /** In turn. */
  ROUND_ROBIN(RoutingStrategy::roundRobin),
  /** Fewest attempts under way for its weight. */
  LEAST_BUSY(RoutingStrategy::leastBusy),
  /** Lowest time to first token and per output token. */
  LATENCY(RoutingStrategy::latency),
  /** Most quota left. */
  USAGE(RoutingStrategy::usage),
  /** Lowest price for the estimated tokens. */
  COST(RoutingStrategy::cost),
  /** The same target for a session or a tenant while it is not much busier than the others. */
  STICKY(() -> Strategy.sticky(StickyBy.SESSION)),
  /** As listed: the first target takes everything it can. */
  ORDERED(RoutingStrategy::ordered);

  /** Two targets keep a tenant's prompt cache warm, and one of them may fail. */
  private static final int STICKY_SET = 2;

  private final Supplier<RoutingStrategy> recipe;

  Strategy(Supplier<RoutingStrategy> recipe) {
    this.recipe = recipe;
  }

  static RoutingStrategy sticky(StickyBy by) {
    return RoutingStrategy.sticky(STICKY_SET, by);
  }

  RoutingStrategy recipe() {
    return recipe.get();
  }
}
