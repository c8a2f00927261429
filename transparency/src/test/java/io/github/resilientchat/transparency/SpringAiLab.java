package io.github.resilientchat.transparency;

import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.springai.ResilientChatModel;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.DefaultToolExecutionEligibilityPredicate;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionEligibilityPredicate;

/** Spring AI's models, in every way in which they come about. */
record SpringAiLab(Backend backend, Starter starter) {

  /** What a model is built with. The starters' models know none of it. */
  record Settings(
      BedrockChatOptions options,
      ToolCallingManager manager,
      ToolExecutionEligibilityPredicate predicate) {

    static final Settings NONE = options(BedrockChatOptions.builder().model(Way.MODEL).build());

    static Settings options(BedrockChatOptions options) {
      return new Settings(
          options,
          ToolCallingManager.builder().build(),
          new DefaultToolExecutionEligibilityPredicate());
    }

    Settings manager(ToolCallingManager value) {
      return new Settings(options, value, predicate);
    }

    Settings predicate(ToolExecutionEligibilityPredicate value) {
      return new Settings(options, manager, value);
    }
  }

  private static final Target TARGET =
      Target.builder("nova").model(Way.MODEL).region("us-east-1").account("main").build();

  ChatModel model(Way way, Settings settings) {
    if (way == Way.STARTER) {
      return starter.bean(ChatModel.class);
    }
    BedrockProxyChatModel model =
        new BedrockProxyChatModel(
            backend.client(way),
            backend.async(way),
            settings.options(),
            ObservationRegistry.NOOP,
            settings.manager(),
            settings.predicate());
    return way == Way.PLAIN
        ? model
        : ResilientChatModel.builder()
            .target(TARGET, model)
            .policy(LangChain4jLab.ONE_ATTEMPT)
            .toolCallingManager(settings.manager())
            .toolExecutionEligibilityPredicate(settings.predicate())
            .build();
  }
}
