package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.output.TokenUsage;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.CountedTokens;
import org.jspecify.annotations.Nullable;

/** Where LangChain4j keeps the tokens of an answer. */
final class AnswerTokens {

  private AnswerTokens() {}

  /** The usage, or null when the answer does not say. */
  static @Nullable Usage of(@Nullable TokenUsage usage) {
    return usage == null
        ? null
        : CountedTokens.of(usage.inputTokenCount(), usage.outputTokenCount(), usage);
  }
}
