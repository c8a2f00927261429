package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.Quoted;
import io.github.resilientchat.core.adapter.CallerChain;
import io.github.resilientchat.core.adapter.RequestDefaults;
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
  private final RequestDefaults<ChatRequestParameters> defaults = new RequestDefaults<>();
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

  /**
   * Adds a target to the first tier of the one route.
   *
   * <p>The model must not try again by itself, neither its own retries ({@code maxRetries(0)}) nor
   * those of its client: they stack below the route, and one 503 costs a dozen calls and seconds
   * before the route hears of it. {@code BedrockTargets} of {@code resilient-bedrock} gives a
   * target and clients that do not; of a client that cannot tell, the log says so once it has
   * failed.
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

  /**
   * What requests are sent with where they do not say it themselves, over any route. It goes before
   * what a target's model was built with; what is said of a route goes before this, of a model
   * before that, and of a target before all of them.
   *
   * @throws IllegalArgumentException if it names a model
   */
  public B defaultRequestParameters(ChatRequestParameters value) {
    defaults.all(withoutModel(value));
    return self();
  }

  /** The same for one route; a build fails where there is none of the name. */
  public B routeRequestParameters(String route, ChatRequestParameters value) {
    defaults.route(route, withoutModel(value));
    return self();
  }

  /** The same for the targets of one model, by its id; a build fails where none has it. */
  public B modelRequestParameters(String id, ChatRequestParameters value) {
    defaults.model(id, withoutModel(value));
    return self();
  }

  /** The same for one target; a build fails where none has the name. */
  public B targetRequestParameters(String target, ChatRequestParameters value) {
    defaults.target(target, withoutModel(value));
    return self();
  }

  private static ChatRequestParameters withoutModel(ChatRequestParameters value) {
    if (value.modelName() != null) {
      throw new IllegalArgumentException(
          "default parameters name the model "
              + Quoted.of(value.modelName())
              + ", but a request's model name selects a route: leave it out, and see defaultRoute");
    }
    return value;
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
    RouteTable<KnownModel<M>> table =
        routes.build(
            shared::router,
            (route, target, model) ->
                KnownModel.of(target, model, facts.apply(model), route, defaults));
    defaults.requireMet();
    KnownRoutes<M> known = KnownRoutes.of(table);
    return new RoutedModels<>(
        known, listeners, watch, new CallerChain(callers), null, known.first());
  }
}
