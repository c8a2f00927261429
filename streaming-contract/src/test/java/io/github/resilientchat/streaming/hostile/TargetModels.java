package io.github.resilientchat.streaming.hostile;

import static io.github.resilientchat.streaming.hostile.Point.MODEL;
import static io.github.resilientchat.streaming.hostile.Point.MODEL_CONTENT;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;

/** LangChain4j's models of the targets, which may be hostile too. */
final class TargetModels {

  private TargetModels() {}

  record Chat(ChatModel real, Hostility hostility) implements ChatModel {

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
      return hostility.at(MODEL, () -> real.chat(request, options));
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
      return real.defaultRequestParameters();
    }
  }

  /** Bedrock's, or one that has said something when it turns hostile. */
  record Stream(StreamingChatModel real, Hostility hostility) implements StreamingChatModel {

    @Override
    public void chat(
        ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
      if (hostility.isAt(MODEL_CONTENT)) {
        handler.onPartialResponse(Targets.BLUE + Targets.SAYS_SO);
        handler.onCompleteResponse(hostility.at(MODEL_CONTENT, Stream::whole));
      } else {
        hostility.at(MODEL, () -> real.chat(request, options, handler));
      }
    }

    private static ChatResponse whole() {
      return ChatResponse.builder()
          .aiMessage(AiMessage.from(Targets.BLUE + Targets.SAYS_SO))
          .finishReason(FinishReason.STOP)
          .build();
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
      return real.defaultRequestParameters();
    }
  }
}
