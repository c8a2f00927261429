package io.github.resilientchat.autoconfigure.springai;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches unless the application says, in Spring AI's own words, that it wants no chat model. */
final class OnChatModelWanted implements Condition {

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    return !"none".equalsIgnoreCase(context.getEnvironment().getProperty("spring.ai.model.chat"));
  }
}
