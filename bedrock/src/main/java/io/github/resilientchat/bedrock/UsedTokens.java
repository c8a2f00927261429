package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Exchange;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.bedrockruntime.model.CacheTTL;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;

/** What Bedrock says that an answer used, for the engine's books. */
final class UsedTokens {

  private UsedTokens() {}

  static void tell(Exchange exchange, @Nullable TokenUsage usage) {
    if (usage != null) {
      exchange.used(
          new Usage(
                  tokens(usage.inputTokens()),
                  tokens(usage.outputTokens()),
                  tokens(usage.cacheReadInputTokens()),
                  tokens(usage.cacheWriteInputTokens()))
              .withCacheWriteHour(keptForAnHour(usage)));
    }
  }

  private static long keptForAnHour(TokenUsage usage) {
    return usage.cacheDetails().stream()
        .filter(detail -> detail.ttl() == CacheTTL.VALUE_1_H)
        .mapToLong(detail -> tokens(detail.inputTokens()))
        .sum();
  }

  private static long tokens(@Nullable Integer count) {
    return count == null ? 0 : count;
  }
}
