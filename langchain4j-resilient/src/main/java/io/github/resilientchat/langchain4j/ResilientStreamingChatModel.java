package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.core.Caller;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A streaming chat model that is a set of routes. A call moves to another target only until the
 * first content (text, thinking, a tool call) has reached the handler; what breaks later ends the
 * call with a {@link io.github.resilientchat.core.StreamInterruptedException}, unless the handler
 * is a {@link RestartableHandler}. Immutable and thread-safe.
 *
 * <p>The handler hears one signal at a time and exactly one of {@code onCompleteResponse} and
 * {@code onError}, or neither once it has cancelled; what it throws itself comes back to its {@code
 * onError} and ends nothing, as in every LangChain4j model. Signals arrive on the threads of the
 * target's model, or on the executor, in the {@linkplain CallContext context} of the caller.
 * Everything about routes, model names, listeners and answers is as in {@link ResilientChatModel}.
 *
 * <p>Only an unknown route is thrown by {@code chat} itself; all other errors reach the handler.
 */
public final class ResilientStreamingChatModel implements StreamingChatModel {

  private final RoutedModels<StreamingChatModel> models;
  private final StreamThreads threads;

  private ResilientStreamingChatModel(
      RoutedModels<StreamingChatModel> models, StreamThreads threads) {
    this.models = models;
    this.threads = threads;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void chat(
      ChatRequest request,
      @Nullable ChatRequestOptions options,
      StreamingChatResponseHandler handler) {
    new StreamCall(models.call(request, options, true), threads, handler).begin();
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    chat(request, handler);
  }

  /** A view of this model whose calls are made for the caller, unless a request names another. */
  public ResilientStreamingChatModel forCaller(Caller caller) {
    return new ResilientStreamingChatModel(models.boundTo(caller), threads);
  }

  /**
   * A view of this model whose default is the route.
   *
   * @throws io.github.resilientchat.core.UnknownRouteException if there is no such route
   */
  public ResilientStreamingChatModel forRoute(String route) {
    return new ResilientStreamingChatModel(models.boundTo(route), threads);
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

  /** Builds a model as {@link ResilientChatModel.Builder} does, with the same defaults. */
  public static final class Builder extends RoutesBuilder<StreamingChatModel, Builder> {

    private StreamThreads threads = StreamThreads.SHARED;

    private Builder() {}

    /**
     * Where a call goes on after a failure, a timeout or a pause; by default on daemon threads that
     * all models share. Must run tasks on threads of its own: a caller's or a provider's thread
     * would be blocked.
     */
    public Builder executor(Executor value) {
      threads = new StreamThreads(value, threads.alarms(), threads.context());
      return this;
    }

    /**
     * Adds to what later attempts, the handler and listeners see of the caller's thread; by default
     * SLF4J's MDC and the call's caller.
     */
    public Builder context(CallContext value) {
      threads =
          new StreamThreads(threads.executor(), threads.alarms(), threads.context().and(value));
      return this;
    }

    Builder alarms(Alarms value) {
      threads = new StreamThreads(threads.executor(), value, threads.context());
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * @throws IllegalArgumentException if there is no target, two routes share a name, or the
     *     default route does not exist
     */
    public ResilientStreamingChatModel build() {
      return new ResilientStreamingChatModel(models(ModelFacts::of), threads);
    }
  }
}
