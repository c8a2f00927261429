package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.adapter.CallerChain;
import io.github.resilientchat.core.adapter.RouteTable;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What both decorators are built from: routes with the model behind each target, or single targets
 * and fallbacks that make up one route. The public builders say the defaults.
 *
 * @param <M> the model type of the targets
 * @param <B> the builder itself
 */
abstract class RoutesBuilder<M, B extends RoutesBuilder<M, B>> {

  private final RouteTable.Builder<M> routes = RouteTable.builder();
  private @Nullable Engine engine;
  private List<ChatModelListener> listeners = List.of();
  private AttemptWatch watch = AttemptWatch.NONE;
  private CallerResolver callers = CallerResolver.scope();

  abstract B self();

  /** Breakers, limits and quotas; models built with the same engine share them. */
  public B engine(Engine value) {
    engine = value;
    return self();
  }

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

  /** Adds a target to the first tier of the one route. */
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

  /** Hear each call once, whatever number of attempts it takes. */
  public B listeners(List<ChatModelListener> value) {
    listeners = List.copyOf(value);
    return self();
  }

  /** Is told of each attempt where it is made. */
  public B attempts(AttemptWatch value) {
    watch = value;
    return self();
  }

  /**
   * Who the caller is when neither the request nor a bound view nor an open {@link
   * io.github.resilientchat.core.CallerScope} says so; see {@link
   * io.github.resilientchat.core.adapter.CallerChain} for the order.
   */
  public B callers(CallerResolver value) {
    callers = value;
    return self();
  }

  RoutedModels<M> models(Function<M, ModelFacts> facts) {
    Engine shared = engine == null ? Engine.builder().build() : engine;
    RouteTable<M> table = routes.build(shared::router);
    KnownRoutes<M> known = KnownRoutes.of(table, facts);
    return new RoutedModels<>(
        known, listeners, watch, new CallerChain(callers), null, known.first());
  }
}
