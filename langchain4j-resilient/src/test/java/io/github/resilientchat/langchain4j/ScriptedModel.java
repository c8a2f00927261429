package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A provider's model as LangChain4j expects it, which answers by a script and then repeats it. */
final class ScriptedModel implements ChatModel {

  private final ChatRequestParameters defaults;
  private final Deque<Function<ChatRequest, ChatResponse>> script = new ArrayDeque<>();
  private final List<ChatRequest> requests = new ArrayList<>();
  private List<ChatModelListener> listeners = List.of();
  private Set<Capability> capabilities = Set.of();
  private ModelProvider provider = ModelProvider.AMAZON_BEDROCK;

  ScriptedModel(ChatRequestParameters defaults) {
    this.defaults = defaults;
  }

  static ScriptedModel named(String modelId) {
    return new ScriptedModel(
        ChatRequestParameters.builder()
            .modelName(modelId)
            .temperature(0.7)
            .topP(1.0)
            .maxOutputTokens(7)
            .build());
  }

  ScriptedModel answers(String text) {
    return then(request -> Answers.text(text));
  }

  ScriptedModel fails(RuntimeException error) {
    return then(
        request -> {
          throw error;
        });
  }

  ScriptedModel then(Function<ChatRequest, ChatResponse> turn) {
    script.add(turn);
    return this;
  }

  ScriptedModel listening(ChatModelListener listener) {
    listeners = List.of(listener);
    return this;
  }

  ScriptedModel can(Capability... all) {
    capabilities = Set.of(all);
    return this;
  }

  ScriptedModel of(ModelProvider value) {
    provider = value;
    return this;
  }

  /** What reached it, merged with its defaults. */
  List<ChatRequest> requests() {
    return requests;
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    requests.add(request);
    Function<ChatRequest, ChatResponse> turn = script.size() > 1 ? script.remove() : script.peek();
    return turn.apply(request);
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return defaults;
  }

  @Override
  public List<ChatModelListener> listeners() {
    return listeners;
  }

  @Override
  public Set<Capability> supportedCapabilities() {
    return capabilities;
  }

  @Override
  public ModelProvider provider() {
    return provider;
  }
}
