package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.output.TokenUsage;
import io.github.resilientchat.core.Usage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that an answer says it used. Providers name their cache counts alike but share no type
 * for them, so these are found by name; where a provider has none, they are 0.
 */
final class CountedTokens {

  /**
   * Of {@code BedrockTokenUsage} and {@code AnthropicTokenUsage}, which exclude them from input.
   */
  private static final Set<String> CACHE_READ = Set.of("cacheReadInputTokens");

  private static final Set<String> CACHE_WRITE =
      Set.of("cacheWriteInputTokens", "cacheCreationInputTokens");

  private static final ClassValue<CacheCounts> COUNTS =
      new ClassValue<>() {
        @Override
        protected CacheCounts computeValue(Class<?> type) {
          return new CacheCounts(method(type, CACHE_READ), method(type, CACHE_WRITE));
        }
      };

  private record CacheCounts(@Nullable Method read, @Nullable Method write) {}

  private CountedTokens() {}

  /** The usage, or null when the answer does not say. */
  static @Nullable Usage of(@Nullable TokenUsage usage) {
    if (usage == null || (usage.inputTokenCount() == null && usage.outputTokenCount() == null)) {
      return null;
    }
    CacheCounts cache = COUNTS.get(usage.getClass());
    return new Usage(
        count(usage.inputTokenCount()),
        count(usage.outputTokenCount()),
        count(value(cache.read(), usage)),
        count(value(cache.write(), usage)));
  }

  private static long count(@Nullable Object tokens) {
    return tokens instanceof Integer number ? number : 0;
  }

  private static @Nullable Object value(@Nullable Method method, TokenUsage usage) {
    try {
      return method == null ? null : method.invoke(usage);
    } catch (IllegalAccessException | InvocationTargetException e) {
      return null;
    }
  }

  private static @Nullable Method method(Class<?> type, Set<String> names) {
    return Arrays.stream(type.getMethods())
        .filter(method -> names.contains(method.getName()) && method.getParameterCount() == 0)
        .findFirst()
        .orElse(null);
  }
}
