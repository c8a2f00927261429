package io.github.resilientchat.langchain4j;

import io.github.resilientchat.core.adapter.RouteTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The routes of a decorator, each bound to its models when they are set up. */
record KnownRoutes<M>(RouteTable<KnownModel<M>> table, Map<String, KnownRoute<M>> known) {

  static <M> KnownRoutes<M> of(RouteTable<KnownModel<M>> table) {
    Map<String, KnownRoute<M>> known = new LinkedHashMap<>();
    for (String name : table.names()) {
      known.put(name, KnownRoute.of(table.route(name)));
    }
    return new KnownRoutes<>(table, Map.copyOf(known));
  }

  Set<String> names() {
    return table.names();
  }

  KnownRoute<M> first() {
    return route(table.defaultName());
  }

  /**
   * The route of this name.
   *
   * @throws io.github.resilientchat.core.report.UnknownRouteException if there is no such route
   */
  KnownRoute<M> route(String name) {
    return Objects.requireNonNull(known.get(table.route(name).router().route().name()));
  }
}
