package io.github.resilientchat.springai;

import io.github.resilientchat.core.adapter.NamedTypes;
import io.github.resilientchat.core.failure.Causes;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.util.json.JsonParser;

/**
 * A model's own error about a conversation in which arguments of a tool call are no JSON: no model
 * can be sent them. Not its cause, which is taken for a broken connection.
 */
final class UnreadableToolCall extends RuntimeException {

  private static final long serialVersionUID = 1L;

  // By name: of Jackson 2, with Spring AI 1.1, and of Jackson 3, with 2.0.
  private static final NamedTypes NO_JSON =
      NamedTypes.of(
          "com.fasterxml.jackson.core.JsonProcessingException",
          "tools.jackson.core.JacksonException");

  private final transient RuntimeException error;

  private UnreadableToolCall(RuntimeException error) {
    super("a tool call of the conversation has arguments that cannot be read");
    this.error = error;
  }

  /** The error as the engine is told of it. */
  static RuntimeException in(Prompt prompt, RuntimeException error) {
    return Causes.of(error).stream().anyMatch(NO_JSON::include)
            && prompt.getInstructions().stream()
                .filter(AssistantMessage.class::isInstance)
                .flatMap(message -> ((AssistantMessage) message).getToolCalls().stream())
                .anyMatch(call -> !isReadable(call.arguments()))
        ? new UnreadableToolCall(error)
        : error;
  }

  /** The error as Spring AI's own models tell it. */
  static Throwable asTold(Throwable reason) {
    return reason instanceof UnreadableToolCall unreadable ? unreadable.error : reason;
  }

  RuntimeException error() {
    return error;
  }

  private static boolean isReadable(@Nullable String arguments) {
    try {
      return arguments != null && JsonParser.fromJson(arguments, Map.class) != null;
    } catch (RuntimeException unreadable) {
      return false;
    }
  }
}
