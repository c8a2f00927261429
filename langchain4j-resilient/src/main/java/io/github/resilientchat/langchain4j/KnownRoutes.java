package io.github.resilientchat.langchain4j;

import io.github.resilientchat.core.adapter.RouteTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The routes and what their models say of themselves, read once: models do not change. */
record KnownRoutes<M>(
    RouteTable<M> table, Function<M, ModelFacts> factsOf, Map<String, ModelFacts> common) {

  static <M> KnownRoutes<M> of(RouteTable<M> table, Function<M, ModelFacts> factsOf) {
    Map<String, ModelFacts> common = new LinkedHashMap<>();
    for (String name : table.names()) {
      List<ModelFacts> all = table.route(name).models().values().stream().map(factsOf).toList();
      common.put(name, ModelFacts.common(name, all));
    }
    return new KnownRoutes<>(table, factsOf, Map.copyOf(common));
  }

  /** What the targets of the route have in common. */
  ModelFacts facts(String route) {
    return Objects.requireNonNull(common.get(route));
  }
}
