package io.github.resilientchat.transparency.kits;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import io.github.resilientchat.autoconfigure.langchain4j.BedrockModelCustomizer;
import io.github.resilientchat.core.route.RetryPolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.langchain4j.ResilientStreamingChatModel;
import io.github.resilientchat.transparency.Clients;
import io.github.resilientchat.transparency.Starter;
import io.github.resilientchat.transparency.Way;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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
  private final Map<Wanted, Starter> starters = new HashMap<>();

  /** What an application's model is to be like. */
  private record Wanted(ChatRequestParameters defaults, List<ChatModelListener> listeners) {}

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
    return chat(DefaultChatRequestParameters.EMPTY, List.of());
  }

  /** One that says of itself that it follows a schema. */
  ChatModel chat(ChatRequestParameters defaults, List<ChatModelListener> listeners) {
    if (way == Way.STARTER) {
      return starter(defaults, listeners).bean(ChatModel.class);
    }
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
    return stream(DefaultChatRequestParameters.EMPTY, listeners);
  }

  StreamingChatModel stream(ChatRequestParameters defaults, List<ChatModelListener> listeners) {
    if (way == Way.STARTER) {
      return starter(defaults, listeners).bean(StreamingChatModel.class);
    }
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

  private Starter starter(ChatRequestParameters defaults, List<ChatModelListener> listeners) {
    return starters.computeIfAbsent(
        new Wanted(defaults, listeners),
        wanted -> {
          List<Object> beans = new ArrayList<>(listeners);
          beans.add(new OwnSettings(defaults));
          return new Starter(endpoint, idIn(defaults), beans);
        });
  }

  /** What an application says of the model that a starter makes. */
  private record OwnSettings(ChatRequestParameters defaults) implements BedrockModelCustomizer {

    @Override
    public void customize(Target target, BedrockChatModel.Builder builder) {
      builder
          .defaultRequestParameters(defaults)
          .supportedCapabilities(Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA));
    }

    @Override
    public void customize(Target target, BedrockStreamingChatModel.Builder builder) {
      builder.defaultRequestParameters(defaults);
    }
  }

  /** What a listener sees a model called. */
  String nameOfModels() {
    return switch (way) {
      case PLAIN -> Way.MODEL;
      case STARTER -> "chat";
      default -> "default";
    };
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
