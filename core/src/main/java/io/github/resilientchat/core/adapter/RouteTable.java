package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.report.UnknownRouteException;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a decorator and the framework's model behind each target. Immutable and
 * thread-safe.
 *
 * @param <M> the framework's model type
 */
public final class RouteTable<M> {

  private final Map<String, Entry<M>> entries;
  private final Entry<M> defaultEntry;

  private RouteTable(Map<String, Entry<M>> entries, Entry<M> defaultEntry) {
    this.entries = entries;
    this.defaultEntry = defaultEntry;
  }

  public static <M> Builder<M> builder() {
    return new Builder<>();
  }

  /**
   * A route's router and models.
   *
   * @param models by the targets that the route was set up with
   * @param everywhere the models of all routes: a caller's plan may send a call over another one,
   *     and targets may come while calls run; null for a target that nobody knows
   */
  public record Entry<M>(
      Router router, Map<Target, M> models, Function<Target, @Nullable M> everywhere) {

    /**
     * The model behind a target of this route, of one that a call was sent over instead, or of a
     * target that came later.
     */
    public M model(Target target) {
      @Nullable M model = models.get(target);
      if (model == null) {
        model = everywhere.apply(target);
      }
      if (model == null) {
        throw new IllegalArgumentException(
            "route " + router.route().name() + " has no target " + target.name());
      }
      return model;
    }
  }

  /**
   * What an adapter keeps for the model behind a target.
   *
   * @param <M> the framework's model type
   * @param <V> what is made of it
   */
  @FunctionalInterface
  public interface Making<M, V> {
    V of(Route route, Target target, M model);
  }

  /**
   * The route of this name.
   *
   * @param name a request's model name, or null or blank for the default route
   * @throws UnknownRouteException if there is no such route; lists those there are
   */
  public Entry<M> route(@Nullable String name) {
    if (name == null || name.isBlank()) {
      return defaultEntry;
    }
    Entry<M> entry = entries.get(name);
    if (entry == null) {
      throw new UnknownRouteException(name, entries.keySet());
    }
    return entry;
  }

  public Set<String> names() {
    return entries.keySet();
  }

  public String defaultName() {
    return defaultEntry.router().route().name();
  }

  /** Every model of every route, once each. */
  public Collection<M> models() {
    Set<M> all = new LinkedHashSet<>();
    entries.values().forEach(entry -> all.addAll(entry.models().values()));
    return all;
  }

  /**
   * Builds a table: either of whole routes, or of one route named {@value #ONLY} from single
   * targets and fallbacks. The first route is the default unless another is named.
   */
  public static final class Builder<M> {

    /** Name of the route that single targets make up. */
    public static final String ONLY = "default";

    private final Map<Route, Function<Target, M>> routes = new LinkedHashMap<>();
    private final Map<Target, M> targets = new LinkedHashMap<>();
    private final List<Target> fallbacks = new ArrayList<>();
    private RoutingStrategy strategy = RoutingStrategy.adaptive();
    private RoutePolicy policy = RoutePolicy.DEFAULTS;
    private @Nullable String defaultRoute;

    private Builder() {}

    /** Adds a route with the model behind each of its targets. */
    public Builder<M> route(Route route, Function<Target, M> models) {
      routes.put(route, models);
      return this;
    }

    /**
     * Adds a target to the first tier of the one route.
     *
     * @throws IllegalArgumentException if there is one of its name
     */
    public Builder<M> target(Target target, M model) {
      add(target, model);
      return this;
    }

    /**
     * Adds a tier of one target, tried when nothing before it can answer.
     *
     * @throws IllegalArgumentException if there is one of its name
     */
    public Builder<M> fallback(Target target, M model) {
      add(target, model);
      fallbacks.add(target);
      return this;
    }

    private void add(Target target, M model) {
      if (targets.keySet().stream().anyMatch(other -> other.name().equals(target.name()))) {
        throw new IllegalArgumentException(
            "two targets are named "
                + target.name()
                + "; give one of them another name, or a weight of 2 in place of the second");
      }
      targets.put(target, model);
    }

    public Builder<M> strategy(RoutingStrategy value) {
      strategy = value;
      return this;
    }

    public Builder<M> policy(RoutePolicy value) {
      policy = value;
      return this;
    }

    public Builder<M> defaultRoute(String name) {
      defaultRoute = name;
      return this;
    }

    /**
     * @param routers makes a route's router, such as an engine's {@code router}
     * @throws IllegalArgumentException if there is no target, two routes of one name, or no route
     *     of the default's name
     */
    public RouteTable<M> build(Function<Route, Router> routers) {
      return build(routers, (route, target, model) -> model);
    }

    /**
     * The same with what an adapter makes of each model once.
     *
     * @param making asked with the route that the target is one of
     */
    public <V> RouteTable<V> build(Function<Route, Router> routers, Making<M, V> making) {
      Map<Route, Function<Target, M>> given = new LinkedHashMap<>(routes);
      if (!targets.isEmpty()) {
        given.put(onlyRoute(), targets::get);
      }
      Map<Route, Function<Target, V>> made = new LinkedHashMap<>();
      given.forEach((route, models) -> made.put(route, made(route, models, making)));
      return table(routers, made);
    }

    @SuppressWarnings("NullAway") // an unknown target has no model, in any of the functions
    private static <M, V> Function<Target, V> made(
        Route route, Function<Target, M> models, Making<M, V> making) {
      return target -> {
        @Nullable M model = models.apply(target);
        return model == null ? null : making.of(route, target, model);
      };
    }

    private <V> RouteTable<V> table(
        Function<Route, Router> routers, Map<Route, Function<Target, V>> routes) {
      Map<String, Entry<V>> entries = new LinkedHashMap<>();
      Function<Target, @Nullable V> everywhere = new Everywhere<>(routes);
      routes.forEach(
          (route, models) -> {
            if (entries.put(route.name(), entry(routers, route, models, everywhere)) != null) {
              throw new IllegalArgumentException("two routes are named " + route.name());
            }
          });
      if (entries.isEmpty()) {
        throw new IllegalArgumentException("a model needs at least one target or route");
      }
      return new RouteTable<>(entries, defaultOf(entries));
    }

    private <V> Entry<V> defaultOf(Map<String, Entry<V>> entries) {
      if (defaultRoute == null) {
        return entries.values().iterator().next();
      }
      Entry<V> entry = entries.get(defaultRoute);
      if (entry == null) {
        throw new UnknownRouteException(defaultRoute, entries.keySet());
      }
      return entry;
    }

    private Route onlyRoute() {
      List<Target> first = new ArrayList<>(targets.keySet());
      first.removeAll(fallbacks);
      Route.Builder route = Route.named(ONLY).strategy(strategy).policy(policy);
      if (!first.isEmpty()) {
        route.tier(first);
      }
      fallbacks.forEach(route::tier);
      return route.build();
    }

    private static <M> Entry<M> entry(
        Function<Route, Router> routers,
        Route route,
        Function<Target, M> models,
        Function<Target, @Nullable M> everywhere) {
      Map<Target, M> byTarget = new LinkedHashMap<>();
      route.targets().forEach(target -> byTarget.put(target, models.apply(target)));
      Router router = routers.apply(route);
      return new Entry<>(
          router,
          Collections.unmodifiableMap(byTarget),
          target -> {
            // Routes may make different models of one target: a route's own come before others'.
            @Nullable M own =
                router.route().targets().contains(target) ? models.apply(target) : null;
            return own == null ? everywhere.apply(target) : own;
          });
    }

    /** Asks those who know the models of a route that has the target, else everybody. */
    private record Everywhere<M>(Map<Route, Function<Target, M>> routes)
        implements Function<Target, @Nullable M> {

      private Everywhere {
        routes = new LinkedHashMap<>(routes);
      }

      @Override
      public @Nullable M apply(Target target) {
        @Nullable M found = null;
        for (Map.Entry<Route, Function<Target, M>> entry : routes.entrySet()) {
          if (entry.getKey().targets().contains(target)) {
            return entry.getValue().apply(target);
          }
        }
        for (Function<Target, M> models : routes.values()) {
          found = found == null ? models.apply(target) : found;
        }
        return found;
      }
    }
  }
}
