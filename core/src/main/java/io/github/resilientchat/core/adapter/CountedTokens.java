package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.Usage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that an answer says it used: one rule for all frameworks. Providers name their cache
 * counts alike but share no type for them, so these are found by name on the provider's own usage;
 * where it has none, they are 0. Input is what is left without them, as Bedrock and Anthropic
 * count.
 */
public final class CountedTokens {

  private static final Set<String> CACHE_READ = Set.of("cacheReadInputTokens");

  /** Bedrock's and Anthropic's words for it. */
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

  /**
   * The usage; null when nothing was counted.
   *
   * @param input tokens of the prompt, or null when the answer does not say
   * @param output tokens of the answer, or null when it does not say
   * @param providers the provider's own usage, or null when the framework does not pass it on
   */
  public static @Nullable Usage of(
      @Nullable Integer input, @Nullable Integer output, @Nullable Object providers) {
    long in = count(input);
    long out = count(output);
    if (providers == null) {
      return in == 0 && out == 0 ? null : Usage.of(in, out);
    }
    CacheCounts cache = COUNTS.get(providers.getClass());
    long read = count(value(cache.read(), providers));
    long write = count(value(cache.write(), providers));
    return in == 0 && out == 0 && read == 0 && write == 0 ? null : new Usage(in, out, read, write);
  }

  private static long count(@Nullable Object tokens) {
    return tokens instanceof Number number ? number.longValue() : 0;
  }

  private static @Nullable Object value(@Nullable Method method, Object providers) {
    try {
      return method == null ? null : method.invoke(providers);
    } catch (IllegalAccessException | InvocationTargetException e) {
      // Nobody's business but the provider's: the answer is whole without it.
      return null;
    }
  }

  private static @Nullable Method method(Class<?> type, Set<String> names) {
    if (!Modifier.isPublic(type.getModifiers())) {
      return null;
    }
    return Arrays.stream(type.getMethods())
        .filter(method -> names.contains(method.getName()) && method.getParameterCount() == 0)
        .findFirst()
        .orElse(null);
  }
}
