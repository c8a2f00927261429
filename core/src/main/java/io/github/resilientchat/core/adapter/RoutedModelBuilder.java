package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the builder of every decorator is told: routes with the model behind each target, or single
 * targets and fallbacks that make up one route, and what requests are sent with by default. The
 * first route is the default one, the strategy is {@link RoutingStrategy#adaptive()} and the policy
 * is {@link RoutePolicy#DEFAULTS} unless something else is said.
 *
 * @param <M> the framework's model type
 * @param <P> the framework's type of parameters or options
 * @param <B> the builder itself
 */
public abstract class RoutedModelBuilder<M, P, B extends RoutedModelBuilder<M, P, B>> {

  private final RouteTable.Builder<M> routes = RouteTable.builder();
  private final RequestDefaults<P> defaults;

  /**
   * @param modelName reads the model that parameters name, or null
   */
  protected RoutedModelBuilder(Function<P, @Nullable String> modelName) {
    defaults = new RequestDefaults<>(modelName);
  }

  protected abstract B self();

  /** Adds a route with the model behind each of its targets. */
  public B route(Route route, Function<Target, M> models) {
    routes.route(route, models);
    return self();
  }

  /** The route of requests that name none. */
  public B defaultRoute(String name) {
    routes.defaultRoute(name);
    return self();
  }

  /**
   * Adds a target to the first tier of the one route.
   *
   * <p>The model must not try again by itself, neither by retries of its own ({@code maxRetries}, a
   * retry template) nor by its client's: they stack below the route, and one 503 costs a dozen
   * calls and seconds before the route hears of it. {@code BedrockTargets} of {@code
   * resilient-bedrock} gives a target and clients that do not; of a client that cannot tell, the
   * log says so once it has failed.
   */
  public B target(Target target, M model) {
    routes.target(target, model);
    return self();
  }

  /** Adds a target, known by its name alone, to the first tier of the one route. */
  public B target(String name, M model) {
    return target(Target.named(name), model);
  }

  /** Adds a tier of one target, tried when nothing added before it can answer. */
  public B fallback(Target target, M model) {
    routes.fallback(target, model);
    return self();
  }

  /** Adds a tier of one target, known by its name alone. */
  public B fallback(String name, M model) {
    return fallback(Target.named(name), model);
  }

  /** How the one route spreads calls over the targets of its first tier. */
  public B strategy(RoutingStrategy value) {
    routes.strategy(value);
    return self();
  }

  /** Time limits, retries and breaker of the one route. */
  public B policy(RoutePolicy value) {
    routes.policy(value);
    return self();
  }

  protected final RequestDefaults<P> defaults() {
    return defaults;
  }

  /**
   * The routes, with what the decorator keeps for the model behind each target.
   *
   * @param routers makes a route's router, such as an engine's {@code router}
   * @param making may ask {@link #defaults()}
   * @throws IllegalArgumentException if there is no target, two routes of one name, no route of the
   *     default's name, or nothing that some defaults are said for
   */
  protected final <V> RouteTable<V> table(
      Function<Route, Router> routers, RouteTable.Making<M, V> making) {
    RouteTable<V> table = routes.build(routers, making);
    defaults.requireMet();
    return table;
  }
}
