package io.github.resilientchat.springai;

import io.github.resilientchat.core.Quoted;
import io.github.resilientchat.core.adapter.RequestDefaults;
import io.github.resilientchat.core.adapter.RouteTable;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.util.function.Function;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * What a decorator routes over: whole routes, or one of single targets and fallbacks, and what
 * their prompts are sent with by default. The public builder says the defaults.
 *
 * @param <B> the builder itself
 */
abstract class RoutesBuilder<B extends RoutesBuilder<B>> {

  private final RouteTable.Builder<ChatModel> routes = RouteTable.builder();
  private final RequestDefaults<ChatOptions> defaults = new RequestDefaults<>();
  private Engine engine = Engine.builder().build();

  abstract B self();

  /** What routes share: breakers, cool-downs, limits, quotas. */
  public B engine(Engine value) {
    engine = value;
    return self();
  }

  /** Adds a route with the model behind each of its targets. */
  public B route(Route route, Function<Target, ChatModel> models) {
    routes.route(route, models);
    return self();
  }

  /** The route of prompts that name none. */
  public B defaultRoute(String name) {
    routes.defaultRoute(name);
    return self();
  }

  /**
   * Adds a target to the first tier of the one route.
   *
   * <p>The model must not try again by itself, neither by a retry template of its own nor by its
   * client: retries stack below the route, and one 503 costs a dozen calls and seconds before the
   * route hears of it. {@code BedrockTargets} of {@code resilient-bedrock} gives a target and
   * clients that do not; of a client that cannot tell, the log says so once it has failed.
   */
  public B target(Target target, ChatModel model) {
    routes.target(target, model);
    return self();
  }

  /** Adds a target known by its name alone. */
  public B target(String name, ChatModel model) {
    return target(Target.named(name), model);
  }

  /** Adds a tier of one target, tried when nothing before it can answer. */
  public B fallback(Target target, ChatModel model) {
    routes.fallback(target, model);
    return self();
  }

  /** Adds a fallback known by its name alone. */
  public B fallback(String name, ChatModel model) {
    return fallback(Target.named(name), model);
  }

  /** Orders the targets of the one route's first tier. */
  public B strategy(RoutingStrategy value) {
    routes.strategy(value);
    return self();
  }

  /** Timeouts and retries of the one route. */
  public B policy(RoutePolicy value) {
    routes.policy(value);
    return self();
  }

  /**
   * Options of prompts that do not say them themselves, over any route. They go before what a
   * target's model was built with; what is said of a route goes before these, of a model before
   * that, and of a target before all of them.
   *
   * @throws IllegalArgumentException if they name a model
   */
  public B defaultOptions(ChatOptions value) {
    defaults.all(withoutModel(value));
    return self();
  }

  /** The same for one route; a build fails where there is none of the name. */
  public B routeOptions(String route, ChatOptions value) {
    defaults.route(route, withoutModel(value));
    return self();
  }

  /** The same for the targets of one model, by its id; a build fails where none has it. */
  public B modelOptions(String id, ChatOptions value) {
    defaults.model(id, withoutModel(value));
    return self();
  }

  /** The same for one target; a build fails where none has the name. */
  public B targetOptions(String target, ChatOptions value) {
    defaults.target(target, withoutModel(value));
    return self();
  }

  private static ChatOptions withoutModel(ChatOptions value) {
    if (value.getModel() != null) {
      throw new IllegalArgumentException(
          "default options name the model "
              + Quoted.of(value.getModel())
              + ", but a prompt's model name selects a route: leave it out, and see defaultRoute");
    }
    return value;
  }

  KnownRoutes known(OptionsBridge bridge) {
    RouteTable<KnownModel> table =
        routes.build(
            engine::router,
            (route, target, model) -> KnownModel.of(route, target, model, bridge, defaults));
    defaults.requireMet();
    return KnownRoutes.of(table);
  }
}
