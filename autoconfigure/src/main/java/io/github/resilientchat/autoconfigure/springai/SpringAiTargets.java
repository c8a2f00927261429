package io.github.resilientchat.autoconfigure.springai;

import io.github.resilientchat.autoconfigure.bedrock.TargetClients;
import io.github.resilientchat.autoconfigure.route.ModelOptions;
import io.github.resilientchat.autoconfigure.route.ProviderBeans;
import io.github.resilientchat.autoconfigure.route.RoutesNow;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import io.micrometer.observation.ObservationRegistry;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.util.ReflectionUtils;

/**
 * Spring AI's Bedrock models behind the targets.
 *
 * <p>Their options are built by name: the setters of {@code BedrockChatOptions.Builder} return
 * another type in Spring AI 2.0 than in 1.1, so a compiled call links against one of them only.
 */
record SpringAiTargets(
    RoutesNow routes,
    TargetClients clients,
    ProviderBeans providers,
    ToolCallingManager tools,
    ObservationRegistry observations,
    List<BedrockOptionsCustomizer> customizers) {

  ChatModel model(Route route, Target target) {
    if (ProviderBeans.isMeant(target)) {
      return providers.model(target, ChatModel.class, false);
    }
    return new BedrockProxyChatModel(
        clients.blocking(target),
        clients.streaming(target),
        options(route, target),
        observations,
        tools);
  }

  private BedrockChatOptions options(Route route, Target target) {
    Object builder = Objects.requireNonNull(invoke(null, BedrockChatOptions.class, "builder"));
    set(builder, "model", String.class, target.model());
    ModelOptions defaults = routes.get().options(route, target);
    set(builder, "temperature", Double.class, defaults.temperature());
    set(builder, "topP", Double.class, defaults.topP());
    set(builder, "maxTokens", Integer.class, defaults.maxTokens());
    set(builder, "stopSequences", List.class, defaults.stopSequences());
    BedrockChatOptions options =
        (BedrockChatOptions) Objects.requireNonNull(invoke(builder, builder.getClass(), "build"));
    for (BedrockOptionsCustomizer customizer : customizers) {
      options = customizer.customize(target, options);
    }
    if (!target.model().equals(options.getModel())) {
      throw new IllegalStateException(
          "a BedrockOptionsCustomizer gave the target "
              + target.name()
              + " another model: "
              + options.getModel());
    }
    return options;
  }

  private static void set(Object builder, String name, Class<?> type, @Nullable Object value) {
    if (value == null) {
      return;
    }
    Method setter = ReflectionUtils.findMethod(builder.getClass(), name, type);
    Objects.requireNonNull(setter, name);
    ReflectionUtils.makeAccessible(setter);
    ReflectionUtils.invokeMethod(setter, builder, value);
  }

  private static @Nullable Object invoke(@Nullable Object on, Class<?> type, String name) {
    Method method = Objects.requireNonNull(ReflectionUtils.findMethod(type, name), name);
    ReflectionUtils.makeAccessible(method);
    return ReflectionUtils.invokeMethod(method, on);
  }
}
