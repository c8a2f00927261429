package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.EdgeRequest;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.adapter.CallerChain;
import io.github.resilientchat.core.adapter.RouteTable;
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
    KnownRoutes<M> routes,
    List<ChatModelListener> listeners,
    CallerChain callers,
    @Nullable Caller boundCaller,
    String boundRoute) {

  RoutedModels<M> boundTo(Caller caller) {
    return new RoutedModels<>(routes, listeners, callers, caller, boundRoute);
  }

  RoutedModels<M> boundTo(String route) {
    String known = nameOf(routes.table().route(route));
    return new RoutedModels<>(routes, listeners, callers, boundCaller, known);
  }

  Set<String> names() {
    return routes.table().names();
  }

  /** What the targets of the view's route have in common. */
  ModelFacts facts() {
    return routes.facts(boundRoute);
  }

  /** Reads all that a call needs from the request, on the thread on which it enters. */
  ChatCall<M> call(ChatRequest request, @Nullable ChatRequestOptions options, boolean streaming) {
    ChatRequestOptions given = options == null ? ChatRequestOptions.EMPTY : options;
    @Nullable String name = request.modelName();
    RouteTable.Entry<M> entry =
        routes.table().route(name == null || name.isBlank() ? boundRoute : name);
    ModelFacts facts = routes.facts(nameOf(entry));
    ModelCall call = RequestFacts.of(request, facts, streaming, caller(request, given));
    return new ChatCall<>(
        entry,
        routes.factsOf(),
        request,
        given,
        EdgeRequest.serve(call, nameOf(entry), entry.router().route().policy().timeout()),
        CallListeners.of(listeners, request, facts, given));
  }

  private Caller caller(ChatRequest request, ChatRequestOptions options) {
    @Nullable Caller named = CallerSource.of(request, options).orElse(null);
    return callers.resolve(named, boundCaller, null);
  }

  private static String nameOf(RouteTable.Entry<?> entry) {
    return entry.router().route().name();
  }
}
