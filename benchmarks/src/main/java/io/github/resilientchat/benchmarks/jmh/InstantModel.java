package io.github.resilientchat.benchmarks.jmh;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;

/** A LangChain4j model that answers at once, always the same. */
final class InstantModel implements ChatModel {

  static final ChatRequest HELLO =
      ChatRequest.builder().messages(UserMessage.from("hello")).build();

  static final ChatResponse ANSWER =
      ChatResponse.builder()
          .aiMessage(AiMessage.from("hello to you"))
          .tokenUsage(new TokenUsage((int) Workload.USED.input(), (int) Workload.USED.output()))
          .finishReason(FinishReason.STOP)
          .build();

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return ANSWER;
  }

  /** Without what the framework does around each call: what is left is the router's own. */
  static final class Bypassed implements ChatModel {

    @Override
    public ChatResponse chat(ChatRequest request) {
      return ANSWER;
    }
  }
}
