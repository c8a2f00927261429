package io.github.resilientchat.transparency.kits;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeast;

import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.model.bedrock.BedrockChatRequestParameters;
import dev.langchain4j.model.bedrock.BedrockChatResponseMetadata;
import dev.langchain4j.model.bedrock.BedrockTokenUsage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import org.mockito.InOrder;

/** LangChain4j's tests of any streaming model; run by {@link KitsTest} alone. */
class StreamingKit extends AbstractStreamingChatModelIT {

  @Override
  protected List<StreamingChatModel> models() {
    return List.of(Kit.current().stream(List.of()));
  }

  @Override
  public StreamingChatModel createModelWith(ChatModelListener listener) {
    return Kit.current().stream(List.of(listener));
  }

  @Override
  protected StreamingChatModel createModelWith(ChatRequestParameters parameters) {
    return Kit.current().stream(parameters, List.of());
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

  /** A decorator whose executor has more threads than one tells a call on several. */
  @Override
  protected boolean assertThreads() {
    return Kit.current().isToldOnOneThread();
  }

  /** Bedrock's model says nothing of a tool call before it is whole. */
  @Override
  protected boolean supportsPartialToolStreaming(StreamingChatModel model) {
    return false;
  }

  @Override
  protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder io, String id) {
    io.verify(handler, atLeast(0)).onPartialResponse(any(), any());
    io.verify(handler).onCompleteToolCall(any());
  }

  @Override
  protected void verifyToolCallbacks(
      StreamingChatResponseHandler handler, InOrder io, String id1, String id2) {
    io.verify(handler, atLeast(0)).onPartialResponse(any(), any());
    io.verify(handler).onCompleteToolCall(complete(0, id1, "getWeather", "{\"city\":\"Munich\"}"));
    io.verify(handler).onCompleteToolCall(complete(1, id2, "getTime", "{\"country\":\"France\"}"));
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
