package io.github.resilientchat.transparency.kits;

import dev.langchain4j.model.bedrock.BedrockChatResponseMetadata;
import dev.langchain4j.model.bedrock.BedrockTokenUsage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.common.AbstractStreamingAiServiceIT;
import java.util.List;

/** LangChain4j's tests of streaming AI services; run by {@link KitsTest} alone. */
class StreamingServiceKit extends AbstractStreamingAiServiceIT {

  @Override
  protected List<StreamingChatModel> models() {
    return List.of(Kit.current().stream(List.of()));
  }

  @Override
  protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(
      StreamingChatModel model) {
    return BedrockChatResponseMetadata.class;
  }

  @Override
  protected Class<? extends TokenUsage> tokenUsageType(StreamingChatModel model) {
    return BedrockTokenUsage.class;
  }
}
