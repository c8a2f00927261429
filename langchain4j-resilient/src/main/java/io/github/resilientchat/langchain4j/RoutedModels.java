package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.EdgeRequest;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.adapter.CallerChain;
import io.github.resilientchat.core.adapter.KnownRoutes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a decorator as one of its views sees them.
 *
 * @param boundCaller whom the view is bound to, or null
 * @param boundRoute the route of requests that name none
 */
record RoutedModels<M>(
    KnownRoutes<KnownRoute<M>> routes,
    List<ChatModelListener> listeners,
    AttemptWatch watch,
    CallerChain callers,
    @Nullable Caller boundCaller,
    KnownRoute<M> boundRoute) {

  RoutedModels<M> boundTo(Caller caller) {
    return new RoutedModels<>(routes, listeners, watch, callers, caller, boundRoute);
  }

  RoutedModels<M> boundTo(String route) {
    return new RoutedModels<>(routes, listeners, watch, callers, boundCaller, routes.route(route));
  }

  Set<String> names() {
    return routes.names();
  }

  /** What the targets of the view's route have in common. */
  ModelFacts facts() {
    return boundRoute.facts();
  }

  /** Reads all that a call needs from the request, on the thread on which it enters. */
  ChatCall<M> call(ChatRequest request, @Nullable ChatRequestOptions options, boolean streaming) {
    ChatRequestOptions given = options == null ? ChatRequestOptions.EMPTY : options;
    @Nullable String name = request.modelName();
    KnownRoute<M> route = name == null || name.isBlank() ? boundRoute : routes.route(name);
    ModelCall call = RequestFacts.of(request, route.facts(), streaming, caller(request, given));
    return new ChatCall<>(
        route,
        request,
        given,
        EdgeRequest.serve(call, route.name(), route.router().route().policy().timeout()),
        CallListeners.of(listeners, request, route.facts(), given),
        watch);
  }

  private Caller caller(ChatRequest request, ChatRequestOptions options) {
    return callers.resolve(CallerSource.of(request, options), boundCaller, null);
  }
}
