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
import io.github.resilientchat.transparency.Clients;
import io.github.resilientchat.transparency.Starter;
import io.github.resilientchat.transparency.Way;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Assumptions;

/** Models for the kits, plain or decorated, all over one service. */
final class Kit implements AutoCloseable {

  private static final RoutePolicy ONE_ATTEMPT =
      RoutePolicy.DEFAULTS.withRetry(
          new RetryPolicy(1, RetryPolicy.DEFAULTS.backoff(), RetryPolicy.DEFAULTS.maxBackoff()));

  private static final ThreadLocal<Kit> CURRENT = new ThreadLocal<>();

  private final Clients clients;
  private final URI endpoint;
  private final Pictures pictures;
  private final Way way;
  private final ExecutorService oneThread = Executors.newSingleThreadExecutor();
  private final Map<List<ChatModelListener>, Starter> starters = new HashMap<>();

  /**
   * @param endpoint of the service
   */
  Kit(Clients clients, URI endpoint, Pictures pictures, Way way) {
    this.clients = clients;
    this.endpoint = endpoint;
    this.pictures = pictures;
    this.way = way;
  }

  /** The one that the classes of the kits, which the platform makes on this thread, work with. */
  static Kit current() {
    return CURRENT.get();
  }

  void use() {
    CURRENT.set(this);
  }

  /** Where a picture is that may be fetched. */
  String picture(String name) {
    return pictures.at(name);
  }

  /** Whether all that a handler is told of one call, it is told on one thread. */
  boolean isToldOnOneThread() {
    return way == Way.PLAIN || way == Way.BUILDER;
  }

  ChatModel chat() {
    return way == Way.STARTER
        ? starter(List.of()).bean(ChatModel.class)
        : chat(DefaultChatRequestParameters.EMPTY, List.of());
  }

  /** One that says of itself that it follows a schema. */
  ChatModel chatByASchema() {
    assumeSettings();
    return chat();
  }

  ChatModel chat(ChatRequestParameters defaults, List<ChatModelListener> listeners) {
    assumeSettings();
    boolean plain = way == Way.PLAIN;
    BedrockChatModel model =
        BedrockChatModel.builder()
            .client(clients.blocking(way))
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

  StreamingChatModel stream(List<ChatModelListener> listeners) {
    return way == Way.STARTER
        ? starter(listeners).bean(StreamingChatModel.class)
        : stream(DefaultChatRequestParameters.EMPTY, listeners);
  }

  StreamingChatModel stream(ChatRequestParameters defaults, List<ChatModelListener> listeners) {
    assumeSettings();
    boolean plain = way == Way.PLAIN;
    BedrockStreamingChatModel model =
        BedrockStreamingChatModel.builder()
            .client(clients.streaming(way))
            .modelId(idIn(defaults))
            .defaultRequestParameters(defaults)
            .listeners(plain ? listeners : List.of())
            .build();
    if (plain) {
      return model;
    }
    ResilientStreamingChatModel.Builder decorator =
        ResilientStreamingChatModel.builder()
            .target(target(defaults), model)
            .policy(ONE_ATTEMPT)
            .listeners(listeners);
    return isToldOnOneThread() ? decorator.executor(oneThread).build() : decorator.build();
  }

  private void assumeSettings() {
    Assumptions.assumeFalse(way == Way.STARTER, "a starter's models have settings of their own");
  }

  private Starter starter(List<ChatModelListener> listeners) {
    return starters.computeIfAbsent(listeners, heard -> new Starter(endpoint, heard));
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

  @Override
  public void close() {
    starters.values().forEach(Starter::close);
    oneThread.shutdown();
  }
}
