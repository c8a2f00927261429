package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.BlockingDriver;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A chat model that is a set of routes. Each call goes to a target of the route that the request's
 * model name selects (the default route without one), and moves to another target when the engine
 * says so, all on the calling thread. Immutable and thread-safe.
 *
 * <p>No target ever sees another target's model id: a model name in a request is always a route's.
 * Listeners of the targets' own models hear every attempt, listeners given here hear each call
 * once. The answer is a {@link ResilientChatResponse}, which says where it came from.
 *
 * <p>Throws {@link io.github.resilientchat.core.report.RoutingException} when no target answered,
 * and the target's own exception, as it is, when the request itself was refused.
 */
public final class ResilientChatModel implements ChatModel {

  private final RoutedModels<ChatModel> models;

  private ResilientChatModel(RoutedModels<ChatModel> models) {
    this.models = models;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public ChatResponse chat(ChatRequest request, @Nullable ChatRequestOptions options) {
    ChatCall<ChatModel> call = models.call(request, options, false);
    call.listeners().onRequest();
    try {
      BlockingDriver.Answer<ChatResponse> answer =
          BlockingDriver.drive(call.router(), call.modelCall(), new Targets(call));
      ChatResponse response = call.answer(answer);
      call.listeners().onResponse(response);
      return response;
    } catch (Throwable error) {
      call.listeners().onError(error);
      throw error;
    }
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return chat(request);
  }

  /** A view of this model whose calls are made for the caller, unless a request names another. */
  public ResilientChatModel forCaller(Caller caller) {
    return new ResilientChatModel(models.boundTo(caller));
  }

  /**
   * A view of this model whose default is the route.
   *
   * @throws io.github.resilientchat.core.report.UnknownRouteException if there is no such route
   */
  public ResilientChatModel forRoute(String route) {
    return new ResilientChatModel(models.boundTo(route));
  }

  /** Names of the routes, which are what a request may give as its model name. */
  public Set<String> routes() {
    return models.names();
  }

  /** What all targets of the default route agree on; the model name is the route's. */
  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return models.facts().defaults();
  }

  /** What every target of the default route can do. */
  @Override
  public Set<Capability> supportedCapabilities() {
    return models.facts().capabilities();
  }

  /** The provider that all targets of the default route share, or {@code OTHER}. */
  @Override
  public ModelProvider provider() {
    return models.facts().provider();
  }

  @Override
  public List<ChatModelListener> listeners() {
    return models.listeners();
  }

  private record Targets(ChatCall<ChatModel> call) implements BlockingDriver.Models<ChatResponse> {

    @Override
    public ChatResponse call(Target target) {
      return call.model(target).chat(call.requestFor(target), call.options());
    }

    @Override
    public @Nullable Usage usageOf(ChatResponse answer) {
      return AnswerTokens.of(answer.tokenUsage());
    }
  }

  /**
   * Builds a model from routes with the model behind each target, or from single targets and
   * fallbacks that make up one route. Defaults: an engine of its own without quotas, the first
   * route as the default route, the adaptive strategy and {@link
   * io.github.resilientchat.core.route.RoutePolicy#DEFAULTS} for the one route, no listeners, and
   * the caller that is bound to the thread.
   */
  public static final class Builder extends RoutesBuilder<ChatModel, Builder> {

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * @throws IllegalArgumentException if there is no target, two routes share a name, or the
     *     default route does not exist
     */
    public ResilientChatModel build() {
      return new ResilientChatModel(models(ModelFacts::of));
    }
  }
}
