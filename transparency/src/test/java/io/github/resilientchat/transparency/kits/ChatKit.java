package io.github.resilientchat.transparency.kits;

import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.model.bedrock.BedrockChatRequestParameters;
import dev.langchain4j.model.bedrock.BedrockChatResponseMetadata;
import dev.langchain4j.model.bedrock.BedrockTokenUsage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelIT;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;

/** LangChain4j's tests of any chat model; run by {@link KitsTest} alone. */
class ChatKit extends AbstractChatModelIT {

  @Override
  protected List<ChatModel> models() {
    return List.of(Kit.current().chat());
  }

  @Override
  protected ChatModel createModelWith(ChatRequestParameters parameters) {
    return Kit.current().chat(parameters, List.of());
  }

  @Override
  protected String customModelName() {
    return "us.amazon.nova-lite-v1:0";
  }

  @Override
  protected ChatRequestParameters createIntegrationSpecificParameters(int maxOutputTokens) {
    return BedrockChatRequestParameters.builder().maxOutputTokens(maxOutputTokens).build();
  }

  @Override
  protected ImageContent catImageContentBase64() {
    return ImageContent.from("AAAA", "image/png");
  }

  @Override
  protected ImageContent diceImageContentBase64() {
    return ImageContent.from("AAAA", "image/png");
  }

  /** Nothing is fetched from elsewhere in a build. */
  @Override
  protected String catImageUrl() {
    return Kit.current().picture("cat.png");
  }

  @Override
  protected String diceImageUrl() {
    return Kit.current().picture("dice.png");
  }

  @Override
  protected boolean supportsJsonResponseFormat() {
    return false;
  }

  @Override
  protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(ChatModel model) {
    return BedrockChatResponseMetadata.class;
  }

  @Override
  protected Class<? extends TokenUsage> tokenUsageType(ChatModel model) {
    return BedrockTokenUsage.class;
  }
}
