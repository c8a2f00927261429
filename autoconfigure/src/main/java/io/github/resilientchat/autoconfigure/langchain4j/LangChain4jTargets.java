package io.github.resilientchat.autoconfigure.langchain4j;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.resilientchat.autoconfigure.bedrock.TargetClients;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.route.Target;

/** LangChain4j's Bedrock models behind the targets. They never retry, because the engine does. */
record LangChain4jTargets(ConfiguredRoutes routes, TargetClients clients) {

  ChatModel blocking(Target target) {
    return BedrockChatModel.builder()
        .client(clients.blocking(target))
        .modelId(target.model())
        .defaultRequestParameters(defaults(target))
        .maxRetries(0)
        .build();
  }

  StreamingChatModel streaming(Target target) {
    return BedrockStreamingChatModel.builder()
        .client(clients.streaming(target))
        .modelId(target.model())
        .defaultRequestParameters(defaults(target))
        .build();
  }

  private ChatRequestParameters defaults(Target target) {
    var parameters = ChatRequestParameters.builder();
    routes.maxTokens(target).ifPresent(parameters::maxOutputTokens);
    return parameters.build();
  }
}
