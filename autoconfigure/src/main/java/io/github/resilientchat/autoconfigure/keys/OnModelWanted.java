package io.github.resilientchat.autoconfigure.keys;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Matches unless nobody asks for a model of this library: none of its properties is set, Spring AI
 * is to have no chat model, and LangChain4j can have none.
 */
public final class OnModelWanted implements Condition {

  private static final List<String> OF_LANGCHAIN4J =
      List.of(
          "io.github.resilientchat.langchain4j.ResilientChatModel",
          "dev.langchain4j.model.bedrock.BedrockChatModel");

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return matches(context.getEnvironment(), context.getClassLoader());
  }

  /** The same where nobody evaluates conditions yet. */
  public static boolean matches(Environment environment, @Nullable ClassLoader loader) {
    return !"none".equalsIgnoreCase(environment.getProperty("spring.ai.model.chat"))
        || OF_LANGCHAIN4J.stream().allMatch(type -> ClassUtils.isPresent(type, loader))
        || isSet(environment);
  }

  private static boolean isSet(Environment environment) {
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source.containsDescendantOf(KeyCheck.ROOT) == ConfigurationPropertyState.PRESENT) {
        return true;
      }
    }
    return false;
  }
}
