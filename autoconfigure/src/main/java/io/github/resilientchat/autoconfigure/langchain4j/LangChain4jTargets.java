package io.github.resilientchat.autoconfigure.langchain4j;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.resilientchat.autoconfigure.bedrock.TargetClients;
import io.github.resilientchat.autoconfigure.route.ModelOptions;
import io.github.resilientchat.autoconfigure.route.ProviderBeans;
import io.github.resilientchat.autoconfigure.route.RoutesNow;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.List;

/**
 * LangChain4j's Bedrock models behind the targets, which never retry because the engine does, and
 * models of other providers that routes list by name.
 */
record LangChain4jTargets(
    RoutesNow routes,
    TargetClients clients,
    ProviderBeans providers,
    List<BedrockModelCustomizer> customizers) {

  ChatModel blocking(Route route, Target target) {
    if (ProviderBeans.isMeant(target)) {
      return providers.model(target, ChatModel.class, false);
    }
    BedrockChatModel.Builder builder =
        BedrockChatModel.builder()
            .returnThinking(routes.get().settings(target).thinking())
            .defaultRequestParameters(defaults(route, target));
    customizers.forEach(each -> each.customize(target, builder));
    return builder.client(clients.blocking(target)).modelId(target.model()).maxRetries(0).build();
  }

  StreamingChatModel streaming(Route route, Target target) {
    if (ProviderBeans.isMeant(target)) {
      return providers.model(target, StreamingChatModel.class, true);
    }
    BedrockStreamingChatModel.Builder builder =
        BedrockStreamingChatModel.builder()
            .returnThinking(routes.get().settings(target).thinking())
            .defaultRequestParameters(defaults(route, target));
    customizers.forEach(each -> each.customize(target, builder));
    return builder.client(clients.streaming(target)).modelId(target.model()).build();
  }

  private ChatRequestParameters defaults(Route route, Target target) {
    ModelOptions options = routes.get().options(route, target);
    return ChatRequestParameters.builder()
        .temperature(options.temperature())
        .topP(options.topP())
        .maxOutputTokens(options.maxTokens())
        .stopSequences(options.stopSequences())
        .build();
  }
}
