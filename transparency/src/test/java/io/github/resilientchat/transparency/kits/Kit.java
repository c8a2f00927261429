package io.github.resilientchat.transparency.kits;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import io.github.resilientchat.core.route.RetryPolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import io.github.resilientchat.transparency.Backend;
import io.github.resilientchat.transparency.Way;
import java.util.List;
import java.util.Set;

/** Models for the kits, plain or decorated, all over one service. */
record Kit(Backend backend, Way way) {

  private static final RoutePolicy ONE_ATTEMPT =
      RoutePolicy.DEFAULTS.withRetry(
          new RetryPolicy(1, RetryPolicy.DEFAULTS.backoff(), RetryPolicy.DEFAULTS.maxBackoff()));

  private static final ThreadLocal<Kit> CURRENT = new ThreadLocal<>();

  /** The one that the classes of the kits, which the platform makes on this thread, work with. */
  static Kit current() {
    return CURRENT.get();
  }

  void use() {
    CURRENT.set(this);
  }

  ChatModel chat() {
    return chat(DefaultChatRequestParameters.EMPTY, List.of());
  }

  ChatModel chat(ChatRequestParameters defaults, List<ChatModelListener> listeners) {
    boolean plain = way == Way.PLAIN;
    BedrockChatModel model =
        BedrockChatModel.builder()
            .client(backend.client(way))
            .modelId(idIn(defaults))
            .defaultRequestParameters(defaults)
            .supportedCapabilities(Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA))
            .listeners(plain ? listeners : List.of())
            .maxRetries(0)
            .build();
    return plain
        ? model
        : ResilientChatModel.builder()
            .target(target(defaults), model)
            .policy(ONE_ATTEMPT)
            .listeners(listeners)
            .build();
  }

  StreamingChatModel stream() {
    return stream(DefaultChatRequestParameters.EMPTY, List.of());
  }

  StreamingChatModel stream(ChatRequestParameters defaults, List<ChatModelListener> listeners) {
    boolean plain = way == Way.PLAIN;
    BedrockStreamingChatModel model =
        BedrockStreamingChatModel.builder()
            .client(backend.async(way))
            .modelId(idIn(defaults))
            .defaultRequestParameters(defaults)
            .listeners(plain ? listeners : List.of())
            .build();
    return plain
        ? model
        : ResilientStreamingChatModel.builder()
            .target(target(defaults), model)
            .policy(ONE_ATTEMPT)
            .listeners(listeners)
            .build();
  }

  /** What a listener sees a model called. */
  String nameOfModels() {
    return way == Way.PLAIN ? Way.MODEL : "default";
  }

  private static String idIn(ChatRequestParameters defaults) {
    String name = defaults.modelName();
    return name == null ? Way.MODEL : name;
  }

  private static Target target(ChatRequestParameters defaults) {
    return Target.builder("nova").model(idIn(defaults)).region("us-east-1").build();
  }
}
