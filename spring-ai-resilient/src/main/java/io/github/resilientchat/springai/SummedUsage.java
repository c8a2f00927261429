package io.github.resilientchat.springai;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.support.UsageCalculator;

/**
 * The tokens of several answers as one, the provider's own account of them included: it is where
 * Spring AI 1.1 keeps cached tokens. Providers share no type for it, so that its counts are found
 * by the builder that the SDK's types have; where it has none, only what Spring AI counts is
 * summed, as its own models do.
 */
final class SummedUsage {

  private static final ClassValue<Map<Method, Method>> COUNTS =
      new ClassValue<>() {
        @Override
        protected Map<Method, Method> computeValue(Class<?> type) {
          return counts(type);
        }
      };

  private SummedUsage() {}

  /** What an answer used together with those before it; before it counts anything, theirs. */
  static Usage of(@Nullable Usage now, Usage before) {
    if (now == null || UsageCalculator.isEmpty(now)) {
      return before;
    }
    return new DefaultUsage(
        now.getPromptTokens() + before.getPromptTokens(),
        now.getCompletionTokens() + before.getCompletionTokens(),
        now.getTotalTokens() + before.getTotalTokens(),
        ofProvider(now.getNativeUsage(), before.getNativeUsage()));
  }

  private static @Nullable Object ofProvider(@Nullable Object now, @Nullable Object before) {
    if (now == null || before == null || now.getClass() != before.getClass()) {
      return now == null ? before : now;
    }
    Map<Method, Method> counts = COUNTS.get(now.getClass());
    return counts.isEmpty() ? null : summed(counts, now, before);
  }

  private static @Nullable Object summed(Map<Method, Method> counts, Object now, Object before) {
    try {
      Object builder = now.getClass().getMethod("builder").invoke(null);
      for (Map.Entry<Method, Method> count : counts.entrySet()) {
        Integer sum =
            sum((Integer) count.getKey().invoke(now), (Integer) count.getKey().invoke(before));
        count.getValue().invoke(builder, sum);
      }
      Class<?> declared = now.getClass().getMethod("builder").getReturnType();
      return declared.getMethod("build").invoke(builder);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      // Nobody's business but the provider's: the answer is whole without it.
      return null;
    }
  }

  private static @Nullable Integer sum(@Nullable Integer now, @Nullable Integer before) {
    if (now == null || before == null) {
      return now == null ? before : now;
    }
    return now + before;
  }

  /** Getters of counts, each with the method of the type's builder that sets it. */
  private static Map<Method, Method> counts(Class<?> type) {
    @Nullable Method builder = method(type, "builder");
    if (builder == null
        || !Modifier.isPublic(type.getModifiers())
        || !Modifier.isStatic(builder.getModifiers())) {
      return Map.of();
    }
    Map<Method, Method> counts = new LinkedHashMap<>();
    Arrays.stream(type.getMethods())
        .filter(getter -> getter.getReturnType() == Integer.class)
        .filter(getter -> getter.getParameterCount() == 0)
        .forEach(
            getter -> {
              @Nullable Method setter =
                  method(builder.getReturnType(), getter.getName(), Integer.class);
              if (setter != null) {
                counts.put(getter, setter);
              }
            });
    return counts;
  }

  private static @Nullable Method method(Class<?> type, String name, Class<?>... parameters) {
    return Arrays.stream(type.getMethods())
        .filter(method -> Objects.equals(method.getName(), name))
        .filter(method -> Arrays.equals(method.getParameterTypes(), parameters))
        .findFirst()
        .orElse(null);
  }
}
