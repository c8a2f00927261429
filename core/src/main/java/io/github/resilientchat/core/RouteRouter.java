package io.github.resilientchat.core;

import io.github.resilientchat.core.gate.Gate;
import io.github.resilientchat.core.strategy.RoutingStrategy;
import java.util.List;

/** The router of one route. */
final class RouteRouter implements Router {

  private final Engine engine;
  private final Route route;
  private final List<Gate> gates;
  private final List<RoutingStrategy.Order> orders;

  RouteRouter(Engine engine, Route route, List<Gate> gates) {
    this.engine = engine;
    this.route = route;
    this.gates = gates;
    this.orders =
        route.tiers().stream().map(tier -> route.strategy().over(tier, engine.signals())).toList();
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

  List<Gate> gates() {
    return gates;
  }

  List<RoutingStrategy.Order> orders() {
    return orders;
  }
}
