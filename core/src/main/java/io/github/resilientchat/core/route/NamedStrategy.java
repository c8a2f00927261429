package io.github.resilientchat.core.route;

import java.util.List;

/** A strategy that prints as its name. */
record NamedStrategy(String name, RoutingStrategy recipe) implements RoutingStrategy {

  @Override
  public Order over(List<Target> tier, Signals signals) {
    return recipe.over(tier, signals);
  }

  @Override
  public String toString() {
    return name;
  }
}
