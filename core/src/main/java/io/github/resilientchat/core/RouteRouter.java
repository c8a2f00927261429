package io.github.resilientchat.core;

import io.github.resilientchat.core.gate.Gate;
import io.github.resilientchat.core.strategy.RoutingStrategy;
import java.util.List;

/** The router of one route. */
final class RouteRouter implements Router {

  private static final double ENOUGH_QUOTA = 0.3;

  private final Engine engine;
  private final Route route;
  private final List<Gate> gates;
  private final List<Gate> probeGates;
  private final List<RoutingStrategy.Order> orders;
  private final RetryBudget budget;
  private final HedgeBudget hedges;

  RouteRouter(Engine engine, Route route, List<Gate> gates, List<Gate> probeGates) {
    this.engine = engine;
    this.route = route;
    this.gates = gates;
    this.probeGates = probeGates;
    this.budget = new RetryBudget(route.policy().retry().budgetPercent(), engine.ticker());
    this.hedges = new HedgeBudget(route.policy().hedge(), engine.ticker());
    this.orders =
        route.tiers().stream()
            .map(tier -> tier.strategy().over(tier.targets(), engine.signals()))
            .toList();
  }

  @Override
  public Step begin(ModelCall call) {
    return new RoutedCall(this, call).begin();
  }

  @Override
  public Route route() {
    return route;
  }

  Engine engine() {
    return engine;
  }

  /** Whether so little of a target's quota is left that nothing is hedged. */
  boolean isScarce(Target target) {
    return engine.statsOf(target).quotaLeft() < ENOUGH_QUOTA;
  }

  HedgeBudget hedges() {
    return hedges;
  }

  RetryBudget budget() {
    return budget;
  }

  List<Gate> gates() {
    return gates;
  }

  /** The gates when every target refuses: breakers let a probe through. */
  List<Gate> probeGates() {
    return probeGates;
  }

  List<RoutingStrategy.Order> orders() {
    return orders;
  }
}
