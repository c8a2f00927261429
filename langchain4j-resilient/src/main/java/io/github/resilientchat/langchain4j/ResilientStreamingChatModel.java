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
import io.github.resilientchat.core.adapter.StreamThreads;
import io.github.resilientchat.core.report.UnknownRouteException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A streaming chat model that is a set of routes. A call moves to another target only until the
 * first content (text, thinking, a tool call) has reached the handler; what breaks later ends the
 * call with a {@link io.github.resilientchat.core.report.StreamInterruptedException}, unless the
 * handler is a {@link RestartableHandler}. Immutable and thread-safe.
 *
 * <p>The handler hears one signal at a time and exactly one of {@code onCompleteResponse} and
 * {@code onError}, or neither once it has cancelled; what it throws itself comes back to its {@code
 * onError} and ends nothing, as in every LangChain4j model. Signals arrive on the executor's
 * threads, never on a client's, in the {@linkplain CallContext context} of the caller: a handler or
 * a tool may wait, and holds up no other call. Everything about routes, model names, listeners and
 * answers is as in {@link ResilientChatModel}.
 *
 * <p>{@code chat} itself throws for an unknown route, and what the first target's model throws when
 * it refuses the request, such as an unsupported parameter; all other errors reach the handler.
 */
public final class ResilientStreamingChatModel implements StreamingChatModel {

  private final RoutedModels<StreamingChatModel> models;
  private final StreamThreads threads;
  private final CallContext context;

  private ResilientStreamingChatModel(
      RoutedModels<StreamingChatModel> models, StreamThreads threads, CallContext context) {
    this.models = models;
    this.threads = threads;
    this.context = context;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void chat(
      ChatRequest request,
      @Nullable ChatRequestOptions options,
      StreamingChatResponseHandler handler) {
    StreamedCall call;
    try {
      call =
          new StreamedCall(
              models.call(request, options, true), threads, context.capture(), handler);
    } catch (UnknownRouteException noRoute) {
      throw noRoute;
    } catch (Throwable fault) {
      // A resolver's, or the context's: nothing has begun.
      HandlerAudience.tellError(handler, fault);
      return;
    }
    call.begin();
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    chat(request, handler);
  }

  /** A view of this model whose calls are made for the caller, unless a request names another. */
  public ResilientStreamingChatModel forCaller(Caller caller) {
    return new ResilientStreamingChatModel(models.boundTo(caller), threads, context);
  }

  /**
   * A view of this model whose default is the route.
   *
   * @throws io.github.resilientchat.core.report.UnknownRouteException if there is no such route
   */
  public ResilientStreamingChatModel forRoute(String route) {
    return new ResilientStreamingChatModel(models.boundTo(route), threads, context);
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

    private StreamThreads threads = StreamThreads.shared();
    private CallContext context = CallContext.mdc();

    private Builder() {}

    /**
     * Where handlers are told, their tools run, and calls go on after a failure or a pause; by
     * default on threads that all models share, of which there are as many as are busy. With fewer,
     * calls wait for each other's tools.
     */
    public Builder executor(Executor value) {
      threads = threads.on(value);
      return this;
    }

    /**
     * Adds to what later attempts, the handler and listeners see of the caller's thread; by default
     * SLF4J's MDC and the call's caller.
     */
    public Builder context(CallContext value) {
      context = context.and(value);
      return this;
    }

    Builder threads(StreamThreads value) {
      threads = value;
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
    public ResilientStreamingChatModel build() {
      return new ResilientStreamingChatModel(models(ModelFacts::of), threads, context);
    }
  }
}
