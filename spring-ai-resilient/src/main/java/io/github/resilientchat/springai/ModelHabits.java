package io.github.resilientchat.springai;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * What models of Spring AI 1.1 do about tools beside asking their predicate and their manager, and
 * hide. Known by the type of their options, which a wrapped model has too.
 */
enum ModelHabits {
  /**
   * {@code BedrockProxyChatModel} runs tools after one stop reason only, so not those of an answer
   * that was cut off or withheld; and its own tools are hidden by any options of a request.
   */
  BEDROCK {
    @Override
    boolean runsToolsAfter(ChatResponse answer) {
      return answer.hasFinishReasons(TOOL_USE);
    }

    @Override
    boolean mergesTools() {
      return false;
    }
  },

  /** All others. */
  COMMON {
    @Override
    boolean runsToolsAfter(ChatResponse answer) {
      return true;
    }

    @Override
    boolean mergesTools() {
      return true;
    }
  };

  private static final Set<String> TOOL_USE = Set.of("tool_use");

  static ModelHabits of(@Nullable ChatOptions own) {
    return own != null
            && own.getClass().getName().startsWith("org.springframework.ai.bedrock.converse.")
        ? BEDROCK
        : COMMON;
  }

  /** Whether it runs tools after such an answer, if its predicate says so. */
  abstract boolean runsToolsAfter(ChatResponse answer);

  /** Whether a request without tools gets those that the model was built with. */
  abstract boolean mergesTools();
}
