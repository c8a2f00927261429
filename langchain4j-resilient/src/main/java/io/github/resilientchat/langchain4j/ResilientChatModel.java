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
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
  private final CallContext context;

  private ResilientChatModel(RoutedModels<ChatModel> models, CallContext context) {
    this.models = models;
    this.context = context;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public ChatResponse chat(ChatRequest request, @Nullable ChatRequestOptions options) {
    return made(models.call(request, options, false));
  }

  private static ChatResponse made(ChatCall<ChatModel> call) {
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

  /**
   * The same off the caller's thread, with what the builder's {@link Builder#context} carries of
   * it. The future ends once; cancelling it ends the call and its exchange. From LangChain4j 1.20
   * on this overrides a method of {@link ChatModel}, which is why it is none here.
   */
  public CompletableFuture<ChatResponse> chatAsync(ChatRequest request) {
    return chatAsync(request, null);
  }

  /** The same with options. */
  public CompletableFuture<ChatResponse> chatAsync(
      ChatRequest request, @Nullable ChatRequestOptions options) {
    try {
      ChatCall<ChatModel> call = models.call(request, options, false);
      AsyncAnswer<ChatResponse> answer = new AsyncAnswer<>(() -> made(call));
      StreamThreads.shared().executor().execute(new InContext(context.capture(), answer));
      return answer;
    } catch (RuntimeException fault) {
      return CompletableFuture.failedFuture(fault);
    }
  }

  /** The same. */
  public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
    return chatAsync(request, null);
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return chat(request);
  }

  /** A view of this model whose calls are made for the caller, unless a request names another. */
  public ResilientChatModel forCaller(Caller caller) {
    return new ResilientChatModel(models.boundTo(caller), context);
  }

  /**
   * A view of this model whose default is the route.
   *
   * @throws io.github.resilientchat.core.report.UnknownRouteException if there is no such route
   */
  public ResilientChatModel forRoute(String route) {
    return new ResilientChatModel(models.boundTo(route), context);
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
      return call.watch() == AttemptWatch.NONE ? ask(target) : watched(target);
    }

    private ChatResponse ask(Target target) {
      KnownModel<ChatModel> known = call.known(target);
      return known.model().chat(call.requestFor(known), call.options());
    }

    private ChatResponse watched(Target target) {
      WatchedAttempt watched = WatchedAttempt.of(call, target);
      try {
        ChatResponse answer = ask(target);
        watched.ended(null);
        return answer;
      } catch (Throwable error) {
        watched.ended(error);
        throw error;
      }
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

    private CallContext context = CallContext.mdc().and(CallContext.caller());

    private Builder() {}

    /** What {@link #chatAsync} carries of its caller's thread besides the MDC and the caller. */
    public Builder context(CallContext value) {
      context = context.and(value);
      return this;
    }

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * @throws IllegalArgumentException if there is no target, two routes share a name, or the
     *     default route does not exist
     */
    public ResilientChatModel build() {
      return new ResilientChatModel(models(ModelFacts::of), context);
    }
  }
}
