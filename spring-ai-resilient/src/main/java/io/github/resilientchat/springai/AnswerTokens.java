package io.github.resilientchat.springai;

import io.github.resilientchat.core.adapter.CountedTokens;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * Where Spring AI keeps the tokens of an answer. 1.1 has no word for cached tokens: they are on the
 * provider's own usage object, for Bedrock the SDK's, or in the metadata.
 */
final class AnswerTokens {

  private AnswerTokens() {}

  /** The tokens of an answer, or null when it does not say. */
  static io.github.resilientchat.core.@Nullable Usage of(ChatResponse answer) {
    Usage said = answer.getMetadata().getUsage();
    if (said == null) {
      return null;
    }
    io.github.resilientchat.core.@Nullable Usage counted =
        CountedTokens.of(said.getPromptTokens(), said.getCompletionTokens(), said.getNativeUsage());
    boolean cached = counted != null && counted.cacheRead() + counted.cacheWrite() > 0;
    return counted == null || cached ? counted : withMetadata(counted, answer.getMetadata());
  }

  /** Whole answers name them in their metadata. */
  private static io.github.resilientchat.core.Usage withMetadata(
      io.github.resilientchat.core.Usage counted, ChatResponseMetadata metadata) {
    long read = count(metadata.get("cacheReadInputTokens"));
    long write = count(metadata.get("cacheWriteInputTokens"));
    return read + write == 0
        ? counted
        : new io.github.resilientchat.core.Usage(counted.input(), counted.output(), read, write);
  }

  private static long count(@Nullable Object tokens) {
    return tokens instanceof Number number ? number.longValue() : 0;
  }
}
