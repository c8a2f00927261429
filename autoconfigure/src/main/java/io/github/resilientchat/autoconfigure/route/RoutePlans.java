package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.core.report.UnknownRouteException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is in force over each route, by name in order. Immutable; a bean. */
public record RoutePlans(List<RoutePlan> all) {

  public RoutePlans {
    all = List.copyOf(all);
  }

  /**
   * The plan of this route.
   *
   * @throws UnknownRouteException if there is none; lists those there are
   */
  public RoutePlan route(String name) {
    return all.stream()
        .filter(plan -> plan.route().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownRouteException(
                    name,
                    all.stream()
                        .map(RoutePlan::route)
                        .collect(Collectors.toCollection(TreeSet::new))));
  }

  /** Of routes that a bean brings, of which no property says anything. */
  static RoutePlans ofBean(ConfiguredRoutes routes) {
    return new RoutePlans(
        routes.all().stream()
            .map(
                route ->
                    new RoutePlanner("a bean of type ConfiguredRoutes")
                        .plan(route, route.name().equals(routes.defaultRoute())))
            .toList());
  }
}
