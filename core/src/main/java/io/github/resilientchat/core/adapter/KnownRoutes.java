package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.report.UnknownRouteException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter keeps for each route of a decorator, made once, when it is set up. Immutable and
 * thread-safe.
 *
 * @param <R> such as a router and what its models have in common
 */
public final class KnownRoutes<R> {

  private final RouteTable<?> table;
  private final Map<String, R> known;

  private KnownRoutes(RouteTable<?> table, Map<String, R> known) {
    this.table = table;
    this.known = known;
  }

  public static <M, R> KnownRoutes<R> of(
      RouteTable<M> table, Function<RouteTable.Entry<M>, R> make) {
    Map<String, R> known = new HashMap<>();
    for (String name : table.names()) {
      known.put(name, make.apply(table.route(name)));
    }
    return new KnownRoutes<>(table, Map.copyOf(known));
  }

  public Set<String> names() {
    return table.names();
  }

  /** The default route. */
  public R first() {
    return route(null);
  }

  /**
   * The route of this name.
   *
   * @param name a request's model name, or null or blank for the default route
   * @throws UnknownRouteException if there is no such route; lists those there are
   */
  public R route(@Nullable String name) {
    return Objects.requireNonNull(known.get(table.route(name).router().route().name()));
  }
}
