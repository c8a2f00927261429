package io.github.resilientchat.springai;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.ai.chat.messages.AssistantMessage;
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
    return chunk.getResults().stream().map(Generation::getOutput).anyMatch(Chunks::hasContent);
  }

  private static boolean hasContent(AssistantMessage message) {
    return StringUtils.hasLength(message.getText())
        || message.hasToolCalls()
        || !message.getMedia().isEmpty()
        || reasoningLength(message) > 0;
  }

  /** Characters that count as output: text, reasoning, names and arguments of tool calls. */
  static long length(ChatResponse chunk) {
    return chunk.getResults().stream()
        .map(Generation::getOutput)
        .mapToLong(message -> RequestFacts.length(message) + reasoningLength(message))
        .sum();
  }

  private static long reasoningLength(AssistantMessage message) {
    return REASONING.stream()
        .map(message.getMetadata()::get)
        .mapToLong(said -> said instanceof String text ? text.length() : 0)
        .sum();
  }

  /** Whether it says why the answer ends; some models send an empty reason before. */
  static boolean hasFinishReason(ChatResponse chunk) {
    return chunk.getResults().stream()
        .anyMatch(generation -> StringUtils.hasLength(generation.getMetadata().getFinishReason()));
  }

  static String text(ChatResponse chunk) {
    return chunk.getResults().stream()
        .map(generation -> generation.getOutput().getText())
        .filter(StringUtils::hasLength)
        .collect(Collectors.joining());
  }
}
