package io.github.resilientchat.langchain4j;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilientchat.core.report.StreamInterruptedException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners of one call, told of it as LangChain4j tells a model's own: with attributes that
 * they share, and whatever they throw logged and dropped.
 */
record CallListeners(
    List<ChatModelListener> all,
    ChatRequest request,
    ModelProvider provider,
    Map<Object, Object> attributes) {

  private static final CallListeners NONE =
      new CallListeners(
          List.of(),
          ChatRequest.builder().messages(UserMessage.from("nobody listens")).build(),
          ModelProvider.OTHER,
          Map.of());

  private static final Logger LOG = LoggerFactory.getLogger(ChatModelListener.class);

  /**
   * The listeners see the request as it was made, completed with what the route's targets share.
   */
  static CallListeners of(
      List<ChatModelListener> listeners,
      ChatRequest request,
      ModelFacts route,
      ChatRequestOptions options) {
    if (listeners.isEmpty()) {
      return NONE;
    }
    ChatRequest completed =
        ChatRequest.builder()
            .messages(request.messages())
            .parameters(route.defaults().overrideWith(request.parameters()))
            .build();
    return new CallListeners(
        listeners,
        completed,
        route.provider(),
        new ConcurrentHashMap<>(options.listenerAttributes()));
  }

  void onRequest() {
    if (!all.isEmpty()) {
      ChatModelRequestContext context = new ChatModelRequestContext(request, provider, attributes);
      tell(listener -> listener.onRequest(context));
    }
  }

  /** Nothing of their own hears of it: a second start would unbalance what they count. */
  void restarted(StreamInterruptedException why) {
    if (!all.isEmpty()) {
      attributes.put(RestartableHandler.RESTARTED_ATTRIBUTE, why);
    }
  }

  void onResponse(ChatResponse response) {
    if (!all.isEmpty()) {
      ChatModelResponseContext context =
          new ChatModelResponseContext(response, request, provider, attributes);
      tell(listener -> listener.onResponse(context));
    }
  }

  void onError(Throwable error) {
    if (!all.isEmpty()) {
      ChatModelErrorContext context =
          new ChatModelErrorContext(error, request, provider, attributes);
      tell(listener -> listener.onError(context));
    }
  }

  private void tell(Consumer<ChatModelListener> word) {
    for (ChatModelListener listener : all) {
      try {
        word.accept(listener);
      } catch (Throwable e) {
        LOG.warn("listener {} failed, which the call ignores", listener.getClass().getName(), e);
      }
    }
  }
}
