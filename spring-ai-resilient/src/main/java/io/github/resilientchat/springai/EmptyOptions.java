package io.github.resilientchat.springai;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.util.ReflectionUtils;

/**
 * What {@code ChatClient} starts from: options of the targets' own type, so that tools and
 * provider-specific fields survive, with nothing set, so that one target's values never reach
 * another; but with the tools that they were built with, which it is to run.
 *
 * @param carrier an application's own empty options, or null
 */
record EmptyOptions(OptionsBridge bridge, @Nullable Supplier<ChatOptions> carrier) {

  ChatOptions of(KnownRoute route) {
    if (carrier != null) {
      return carrier.get();
    }
    List<ChatOptions> own = route.options();
    return bridge.offering(like(own.isEmpty() ? null : own.get(0), bridge), own);
  }

  /** Empty options of the same type as these. */
  static ChatOptions like(@Nullable ChatOptions own, OptionsBridge bridge) {
    if (own == null || own.getClass().getName().startsWith("org.springframework.ai.chat.prompt.")) {
      return ToolCallingChatOptions.builder().build();
    }
    Method builder = ReflectionUtils.findMethod(own.getClass(), "builder");
    return builder != null
            && Modifier.isStatic(builder.getModifiers())
            && built(builder) instanceof ChatOptions empty
        ? empty
        : bridge.withoutModel(own);
  }

  private static @Nullable Object built(Method builderMethod) {
    ReflectionUtils.makeAccessible(builderMethod);
    Object builder = ReflectionUtils.invokeMethod(builderMethod, null);
    Method build = builder == null ? null : ReflectionUtils.findMethod(builder.getClass(), "build");
    if (build == null) {
      return null;
    }
    ReflectionUtils.makeAccessible(build);
    return ReflectionUtils.invokeMethod(build, builder);
  }
}
