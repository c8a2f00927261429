package io.github.resilientchat.springai;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.util.StringUtils;

/** What a part of a streamed answer holds. Asked for every part, so it makes nothing. */
final class Chunks {

  /** Where Spring AI's models put reasoning that is not text. */
  private static final List<String> REASONING = List.of("reasoningContent", "thinking");

  private Chunks() {}

  /** Whether it holds something that a user could act on: text, reasoning, media, a tool call. */
  static boolean hasContent(ChatResponse chunk) {
    return any(chunk, Chunks::hasContent);
  }

  private static boolean hasContent(Generation generation) {
    AssistantMessage message = generation.getOutput();
    return StringUtils.hasLength(message.getText())
        || message.hasToolCalls()
        || !message.getMedia().isEmpty()
        || reasoningLength(message) > 0;
  }

  /** As {@link ChatResponse#hasToolCalls}, which makes a stream to ask each part. */
  static boolean hasToolCalls(ChatResponse chunk) {
    return any(chunk, generation -> generation.getOutput().hasToolCalls());
  }

  private static boolean any(ChatResponse chunk, Predicate<Generation> what) {
    List<Generation> generations = chunk.getResults();
    for (int i = 0; i < generations.size(); i++) {
      if (what.test(generations.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Characters that count as output: text, reasoning, names and arguments of tool calls. */
  static long length(ChatResponse chunk) {
    List<Generation> generations = chunk.getResults();
    long length = 0;
    for (int i = 0; i < generations.size(); i++) {
      length += lengthOf(generations.get(i).getOutput());
    }
    return length;
  }

  private static long lengthOf(AssistantMessage message) {
    long length = lengthOf(message.getText()) + reasoningLength(message);
    List<AssistantMessage.ToolCall> calls = message.getToolCalls();
    for (int i = 0; i < calls.size(); i++) {
      length += lengthOf(calls.get(i).name()) + lengthOf(calls.get(i).arguments());
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

  /** Each text of reasoning that a message carries. */
  static void reasoning(Message message, Consumer<String> each) {
    Map<String, Object> said = message.getMetadata();
    for (int i = 0; i < REASONING.size(); i++) {
      if (said.get(REASONING.get(i)) instanceof String text) {
        each.accept(text);
      }
    }
  }

  private static int lengthOf(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /** Whether it says why the answer ends; some models send an empty reason before. */
  static boolean hasFinishReason(ChatResponse chunk) {
    return any(
        chunk, generation -> StringUtils.hasLength(generation.getMetadata().getFinishReason()));
  }

  /** Adds the text of all generations. */
  static void addText(ChatResponse chunk, StringBuilder text) {
    List<Generation> generations = chunk.getResults();
    for (int i = 0; i < generations.size(); i++) {
      @Nullable String more = generations.get(i).getOutput().getText();
      if (more != null) {
        text.append(more);
      }
    }
  }
}
