package io.github.resilientchat.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;

/** Requests and answers that tests use. */
final class Answers {

  private Answers() {}

  static ChatRequest hello() {
    return ChatRequest.builder().messages(UserMessage.from("hello")).build();
  }

  static ChatResponse text(String text) {
    return answer(AiMessage.from(text), FinishReason.STOP);
  }

  static ChatResponse truncated(String text) {
    return answer(AiMessage.from(text), null);
  }

  static ToolExecutionRequest toolCall(String tool, String arguments) {
    return ToolExecutionRequest.builder().id("call-1").name(tool).arguments(arguments).build();
  }

  static ChatResponse callingTool(String tool, String arguments) {
    return answer(AiMessage.from(toolCall(tool, arguments)), FinishReason.TOOL_EXECUTION);
  }

  private static ChatResponse answer(AiMessage message, FinishReason finish) {
    return ChatResponse.builder()
        .aiMessage(message)
        .id("answer")
        .modelName("the-model")
        .tokenUsage(new TokenUsage(7, 5))
        .finishReason(finish)
        .build();
  }
}
