package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.adapter.CallerChain;
import io.github.resilientchat.core.adapter.KnownRoutes;
import io.github.resilientchat.core.adapter.RouteTable;
import io.github.resilientchat.core.adapter.RoutedModelBuilder;
import io.github.resilientchat.core.engine.Engine;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What both decorators are built from beside routes: an engine, parameters, and who hears of calls.
 * The public builders say the defaults.
 *
 * @param <M> the model type of the targets
 * @param <B> the builder itself
 */
abstract class RoutesBuilder<M, B extends RoutesBuilder<M, B>>
    extends RoutedModelBuilder<M, ChatRequestParameters, B> {

  private @Nullable Engine engine;
  private List<ChatModelListener> listeners = List.of();
  private AttemptWatch watch = AttemptWatch.NONE;
  private CallerResolver callers = CallerResolver.scope();

  RoutesBuilder() {
    super(ChatRequestParameters::modelName);
  }

  /** Breakers, limits and quotas; models built with the same engine share them. */
  public B engine(Engine value) {
    engine = value;
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
    defaults().all(value);
    return self();
  }

  /** The same for one route; a build fails where there is none of the name. */
  public B routeRequestParameters(String route, ChatRequestParameters value) {
    defaults().route(route, value);
    return self();
  }

  /** The same for the targets of one model, by its id; a build fails where none has it. */
  public B modelRequestParameters(String id, ChatRequestParameters value) {
    defaults().model(id, value);
    return self();
  }

  /** The same for one target; a build fails where none has the name. */
  public B targetRequestParameters(String target, ChatRequestParameters value) {
    defaults().target(target, value);
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
    RouteTable<KnownModel<M>> table =
        table(
            shared::router,
            (route, target, model) ->
                KnownModel.of(target, model, facts.apply(model), route, defaults()));
    KnownRoutes<KnownRoute<M>> known = KnownRoutes.of(table, KnownRoute::of);
    return new RoutedModels<>(
        known, listeners, watch, new CallerChain(callers), null, known.first());
  }
}
