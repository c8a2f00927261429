package io.github.resilientchat.springai;

import io.github.resilientchat.core.adapter.KnownRoutes;
import io.github.resilientchat.core.adapter.RouteTable;
import io.github.resilientchat.core.adapter.RoutedModelBuilder;
import io.github.resilientchat.core.engine.Engine;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * What a decorator is built from beside routes: an engine, and what prompts are sent with by
 * default. The public builder says the defaults.
 *
 * @param <B> the builder itself
 */
abstract class RoutesBuilder<B extends RoutesBuilder<B>>
    extends RoutedModelBuilder<ChatModel, ChatOptions, B> {

  private @Nullable Engine engine;

  RoutesBuilder() {
    super(ChatOptions::getModel);
  }

  /** What routes share: breakers, cool-downs, limits, quotas. */
  public B engine(Engine value) {
    engine = value;
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
    defaults().all(value);
    return self();
  }

  /** The same for one route; a build fails where there is none of the name. */
  public B routeOptions(String route, ChatOptions value) {
    defaults().route(route, value);
    return self();
  }

  /** The same for the targets of one model, by its id; a build fails where none has it. */
  public B modelOptions(String id, ChatOptions value) {
    defaults().model(id, value);
    return self();
  }

  /** The same for one target; a build fails where none has the name. */
  public B targetOptions(String target, ChatOptions value) {
    defaults().target(target, value);
    return self();
  }

  KnownRoutes<KnownRoute> known(OptionsBridge bridge) {
    Engine shared = engine == null ? Engine.builder().build() : engine;
    RouteTable<KnownModel> table =
        table(
            shared::router,
            (route, target, model) -> KnownModel.of(route, target, model, bridge, defaults()));
    return KnownRoutes.of(table, KnownRoute::of);
  }
}
