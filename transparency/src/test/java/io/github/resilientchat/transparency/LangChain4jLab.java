package io.github.resilientchat.transparency;

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
import java.util.List;
import java.util.Set;

/** LangChain4j's models, in every way in which they come about. */
record LangChain4jLab(Backend backend, Starter starter) {

  /** What a model is built with. The starters' models know none of it. */
  record Settings(ChatRequestParameters defaults, boolean thinking, Set<Capability> capabilities) {

    static final Settings NONE = new Settings(DefaultChatRequestParameters.EMPTY, false, Set.of());

    static Settings defaults(ChatRequestParameters defaults) {
      return new Settings(defaults, false, Set.of());
    }
  }

  /** One attempt only: what is compared is the call, not what follows a failure. */
  static final RoutePolicy ONE_ATTEMPT =
      RoutePolicy.DEFAULTS.withRetry(
          new RetryPolicy(1, RetryPolicy.DEFAULTS.backoff(), RetryPolicy.DEFAULTS.maxBackoff()));

  private static final Target TARGET =
      Target.builder("nova").model(Way.MODEL).region("us-east-1").account("main").build();

  ChatModel chat(Way way, Settings settings, Transcript heard) {
    if (way == Way.STARTER) {
      return starter.bean(ChatModel.class);
    }
    BedrockChatModel model =
        BedrockChatModel.builder()
            .client(backend.client(way))
            .modelId(Way.MODEL)
            .defaultRequestParameters(settings.defaults())
            .returnThinking(settings.thinking())
            .supportedCapabilities(settings.capabilities())
            .listeners(ofTarget(way, heard))
            .maxRetries(0)
            .build();
    return way == Way.PLAIN
        ? model
        : ResilientChatModel.builder()
            .target(TARGET, model)
            .policy(ONE_ATTEMPT)
            .listeners(List.of(new NotingListener("listener", heard)))
            .build();
  }

  StreamingChatModel stream(Way way, Settings settings, Transcript heard) {
    if (way == Way.STARTER) {
      return starter.bean(StreamingChatModel.class);
    }
    BedrockStreamingChatModel model =
        BedrockStreamingChatModel.builder()
            .client(backend.async(way))
            .modelId(Way.MODEL)
            .defaultRequestParameters(settings.defaults())
            .returnThinking(settings.thinking())
            .supportedCapabilities(settings.capabilities())
            .listeners(ofTarget(way, heard))
            .build();
    return way == Way.PLAIN
        ? model
        : ResilientStreamingChatModel.builder()
            .target(TARGET, model)
            .policy(ONE_ATTEMPT)
            .listeners(List.of(new NotingListener("listener", heard)))
            .build();
  }

  /** A plain model's listeners are what a decorator's are, and a target's. */
  private static List<ChatModelListener> ofTarget(Way way, Transcript heard) {
    NotingListener target = new NotingListener("target's-listener", heard);
    return way == Way.PLAIN
        ? List.of(target, new NotingListener("listener", heard))
        : List.of(target);
  }
}
