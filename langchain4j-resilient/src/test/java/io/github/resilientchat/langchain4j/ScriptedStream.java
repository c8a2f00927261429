package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.resilientchat.core.adapter.Exchange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** A provider's streaming model that plays a script, or leaves the stream to the test. */
final class ScriptedStream implements StreamingChatModel {

  private final String modelId;
  private final Deque<Consumer<StreamingChatResponseHandler>> script = new ArrayDeque<>();
  private final List<ChatRequest> requests = new ArrayList<>();
  private final List<StreamingChatResponseHandler> streams = new ArrayList<>();
  private List<ChatModelListener> listeners = List.of();
  private int stopped;
  private Exchange exchange;

  private ScriptedStream(String modelId) {
    this.modelId = modelId;
  }

  static ScriptedStream named(String modelId) {
    return new ScriptedStream(modelId);
  }

  ScriptedStream then(Consumer<StreamingChatResponseHandler> turn) {
    script.add(turn);
    return this;
  }

  ScriptedStream answers(String text) {
    return then(
        to -> {
          to.onPartialResponse(text);
          to.onCompleteResponse(Answers.text(text));
        });
  }

  ScriptedStream fails(Throwable error) {
    return then(to -> to.onError(error));
  }

  ScriptedStream listening(ChatModelListener listener) {
    listeners = List.of(listener);
    return this;
  }

  List<ChatRequest> requests() {
    return requests;
  }

  /** The handler of its latest call. */
  StreamingChatResponseHandler stream() {
    return streams.get(streams.size() - 1);
  }

  /** The exchange of its latest call; null when who called it opened none. */
  Exchange exchange() {
    return exchange;
  }

  /** How many of its exchanges were closed. */
  int stopped() {
    return stopped;
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    requests.add(request);
    streams.add(handler);
    exchange = Exchange.current().orElse(null);
    if (exchange != null) {
      exchange.onStop(() -> stopped++);
    }
    Consumer<StreamingChatResponseHandler> turn =
        script.size() > 1 ? script.remove() : script.peek();
    if (turn != null) {
      turn.accept(handler);
    }
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return ChatRequestParameters.builder()
        .modelName(modelId)
        .temperature(0.7)
        .topP(1.0)
        .maxOutputTokens(7)
        .build();
  }

  @Override
  public List<ChatModelListener> listeners() {
    return listeners;
  }

  @Override
  public ModelProvider provider() {
    return ModelProvider.AMAZON_BEDROCK;
  }
}
