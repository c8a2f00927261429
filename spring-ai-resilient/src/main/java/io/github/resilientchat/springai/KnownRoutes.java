package io.github.resilientchat.springai;

import io.github.resilientchat.core.adapter.RouteTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes of a decorator. */
record KnownRoutes(RouteTable<KnownModel> table, Map<String, KnownRoute> known) {

  static KnownRoutes of(RouteTable<KnownModel> table) {
    Map<String, KnownRoute> known = new HashMap<>();
    for (String name : table.names()) {
      known.put(name, KnownRoute.of(table.route(name)));
    }
    return new KnownRoutes(table, Map.copyOf(known));
  }

  Set<String> names() {
    return table.names();
  }

  /**
   * The route of this name.
   *
   * @param name null or blank for the default route
   * @throws io.github.resilientchat.core.report.UnknownRouteException if there is no such route
   */
  KnownRoute route(@Nullable String name) {
    return Objects.requireNonNull(known.get(table.route(name).router().route().name()));
  }
}
