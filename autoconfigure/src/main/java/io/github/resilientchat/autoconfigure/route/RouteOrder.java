package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.Nearest;
import io.github.resilientchat.autoconfigure.keys.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The order in which routes can be read: each after those it falls back to, whatever the order of
 * the file.
 */
final class RouteOrder {

  private static final String PREFIX = "route:";

  private final Map<String, RouteProperties> routes;
  private final Problems problems;
  private final Map<String, RouteProperties> ordered = new LinkedHashMap<>();

  private RouteOrder(Map<String, RouteProperties> routes, Problems problems) {
    this.routes = new TreeMap<>(routes);
    this.problems = problems;
  }

  /** All routes by name in that order; reports fallbacks to unknown routes, and circles. */
  static Map<String, RouteProperties> of(Map<String, RouteProperties> routes, Problems problems) {
    RouteOrder order = new RouteOrder(routes, problems);
    order.routes.forEach((name, route) -> order.visit(name, route, List.of()));
    return order.ordered;
  }

  /** The name of the route that an entry of the fallbacks refers to. */
  static Optional<String> reference(String text) {
    return text.startsWith(PREFIX)
        ? Optional.of(text.substring(PREFIX.length()))
        : Optional.empty();
  }

  private void visit(String name, RouteProperties route, List<String> before) {
    if (ordered.containsKey(name)) {
      return;
    }
    List<String> path = new ArrayList<>(before);
    path.add(name);
    for (String text : TargetText.entries(route.fallbacks())) {
      reference(text).ifPresent(other -> follow(name, text, other, path));
    }
    ordered.put(name, route);
  }

  private void follow(String name, String text, String other, List<String> path) {
    String key = "resilient.routes." + name + ".fallbacks";
    RouteProperties next = routes.get(other);
    if (next == null) {
      problems.add(
          key,
          text,
          "there is no route '" + other + "'",
          Nearest.hint(other, routes.keySet()) + " (write route:<name> and nothing more)");
    } else if (path.contains(other)) {
      List<String> circle = new ArrayList<>(path.subList(path.indexOf(other), path.size()));
      circle.add(other);
      problems.add(
          key,
          text,
          "the routes fall back in a circle: " + String.join(" -> ", circle),
          "remove one of these fallbacks");
    } else {
      visit(other, next, path);
    }
  }
}
