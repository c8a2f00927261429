package io.github.resilientchat.springai;

import io.github.resilientchat.core.Usage;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.util.ReflectionUtils;

/** Reads the tokens that an answer used. */
final class CountedTokens {

  private static final String CACHE_READ = "cacheReadInputTokens";
  private static final String CACHE_WRITE = "cacheWriteInputTokens";

  private CountedTokens() {}

  /** The tokens of an answer, or null when it does not say. */
  static @Nullable Usage of(ChatResponse answer) {
    org.springframework.ai.chat.metadata.Usage said = answer.getMetadata().getUsage();
    if (said == null) {
      return null;
    }
    long input = count(said.getPromptTokens());
    long output = count(said.getCompletionTokens());
    if (input == 0 && output == 0 && said.getNativeUsage() == null) {
      // As with nearly every part of a stream.
      return null;
    }
    Usage usage =
        new Usage(
            input,
            output,
            cached(answer, said.getNativeUsage(), CACHE_READ),
            cached(answer, said.getNativeUsage(), CACHE_WRITE));
    return usage.equals(Usage.of(0, 0)) ? null : usage;
  }

  /**
   * Spring AI 1.1 has no word for cached tokens: Bedrock's are on the SDK's own usage object, for
   * whole answers in the metadata too.
   */
  private static long cached(ChatResponse answer, @Nullable Object nativeUsage, String name) {
    Method accessor = nativeUsage == null ? null : accessor(nativeUsage.getClass(), name);
    Object value =
        accessor == null
            ? answer.getMetadata().get(name)
            : ReflectionUtils.invokeMethod(accessor, nativeUsage);
    return count(value);
  }

  private static @Nullable Method accessor(Class<?> type, String name) {
    return Modifier.isPublic(type.getModifiers()) ? ReflectionUtils.findMethod(type, name) : null;
  }

  private static long count(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }
}
