package io.github.resilientchat.transparency.kits;

import dev.langchain4j.model.bedrock.BedrockTokenUsage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.common.AbstractAiServiceIT;
import java.util.List;

/** LangChain4j's tests of AI services: answers; run by {@link KitsTest} alone. */
class ServiceKit extends AbstractAiServiceIT {

  @Override
  protected List<ChatModel> models() {
    return List.of(Kit.current().chat());
  }

  @Override
  protected Class<? extends TokenUsage> tokenUsageType(ChatModel model) {
    return BedrockTokenUsage.class;
  }
}
