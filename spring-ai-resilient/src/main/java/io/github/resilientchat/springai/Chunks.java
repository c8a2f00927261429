package io.github.resilientchat.springai;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.util.StringUtils;

/** What a part of a streamed answer holds. */
final class Chunks {

  /** Where Spring AI's models put reasoning that is not text. */
  private static final List<String> REASONING = List.of("reasoningContent", "thinking");

  private Chunks() {}

  /** Whether it holds something that a user could act on: text, reasoning, media, a tool call. */
  static boolean hasContent(ChatResponse chunk) {
    for (Generation generation : chunk.getResults()) {
      if (hasContent(generation.getOutput())) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasContent(AssistantMessage message) {
    return StringUtils.hasLength(message.getText())
        || message.hasToolCalls()
        || !message.getMedia().isEmpty()
        || reasoningLength(message) > 0;
  }

  /** Characters that count as output: text, reasoning, names and arguments of tool calls. */
  static long length(ChatResponse chunk) {
    long length = 0;
    for (Generation generation : chunk.getResults()) {
      AssistantMessage message = generation.getOutput();
      length += lengthOf(message.getText()) + reasoningLength(message);
      for (AssistantMessage.ToolCall call : message.getToolCalls()) {
        length += lengthOf(call.name()) + lengthOf(call.arguments());
      }
    }
    return length;
  }

  /** Characters of reasoning that a message carries. */
  static long reasoningLength(Message message) {
    Map<String, Object> said = message.getMetadata();
    long length = 0;
    for (int i = 0; i < REASONING.size(); i++) {
      length += said.get(REASONING.get(i)) instanceof String text ? text.length() : 0;
    }
    return length;
  }

  private static int lengthOf(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /** Whether it says why the answer ends; some models send an empty reason before. */
  static boolean hasFinishReason(ChatResponse chunk) {
    for (Generation generation : chunk.getResults()) {
      if (StringUtils.hasLength(generation.getMetadata().getFinishReason())) {
        return true;
      }
    }
    return false;
  }

  /** Adds the text of all generations. */
  static void addText(ChatResponse chunk, StringBuilder text) {
    for (Generation generation : chunk.getResults()) {
      @Nullable String more = generation.getOutput().getText();
      if (more != null) {
        text.append(more);
      }
    }
  }
}
