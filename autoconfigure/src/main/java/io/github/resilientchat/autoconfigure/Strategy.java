package io.github.resilientchat.autoconfigure;

import io.github.resilientchat.core.strategy.RoutingStrategy;
import java.util.function.Supplier;

/** The strategies that properties can name; a new one is a line here. */
enum Strategy {
  /** At random, in proportion to the targets' weights. */
  WEIGHTED(RoutingStrategy::weighted),
  /** In turn. */
  ROUND_ROBIN(RoutingStrategy::roundRobin),
  /** As listed: the first target takes everything it can. */
  ORDERED(RoutingStrategy::ordered);

  private final Supplier<RoutingStrategy> recipe;

  Strategy(Supplier<RoutingStrategy> recipe) {
    this.recipe = recipe;
  }

  RoutingStrategy recipe() {
    return recipe.get();
  }
}
