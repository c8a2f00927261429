package io.github.resilientchat.autoconfigure.springai;

import java.util.Optional;
import java.util.function.BiPredicate;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ClassUtils;

/** Finds the context's word on whether tools run, of a type that Spring AI 2.0 does not have. */
final class ToolPredicates {

  private static final String TYPE =
      "org.springframework.ai.model.tool.ToolExecutionEligibilityPredicate";

  private ToolPredicates() {}

  @SuppressWarnings("unchecked")
  static Optional<BiPredicate<ChatOptions, ChatResponse>> in(BeanFactory beans) {
    ClassLoader loader = ToolPredicates.class.getClassLoader();
    return ClassUtils.isPresent(TYPE, loader)
        ? Optional.ofNullable(
            (BiPredicate<ChatOptions, ChatResponse>)
                beans.getBeanProvider(ClassUtils.resolveClassName(TYPE, loader)).getIfAvailable())
        : Optional.empty();
  }
}
