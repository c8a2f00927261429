package io.github.resilientchat.springai;

import java.beans.PropertyDescriptor;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;

/**
 * Options of Spring AI 1.1 over others, which are beans: where the nearer say nothing, the farther
 * hold. Nobody's model name goes over to the other's.
 */
final class LayeredOptions {

  private static final Set<String> NOT_TAKEN_OVER = Set.of("model", "class");

  private LayeredOptions() {}

  /** Both as one, of the type that knows more than the common options. */
  static ChatOptions of(ChatOptions near, ChatOptions far) {
    return isCommon(near) ? over(far, near) : behind(near, far);
  }

  /** A copy of the farther with all that the nearer say. */
  static ChatOptions over(ChatOptions far, ChatOptions near) {
    ChatOptions copy = far.copy();
    takeOver(near, copy, true);
    return copy;
  }

  private static ChatOptions behind(ChatOptions near, ChatOptions far) {
    ChatOptions copy = near.copy();
    takeOver(far, copy, false);
    return copy;
  }

  private static boolean isCommon(ChatOptions options) {
    String type = options.getClass().getName();
    return type.startsWith("org.springframework.ai.chat.prompt.")
        || type.startsWith("org.springframework.ai.model.tool.");
  }

  private static void takeOver(ChatOptions from, ChatOptions to, boolean replace) {
    BeanWrapper source = PropertyAccessorFactory.forBeanPropertyAccess(from);
    BeanWrapper target = PropertyAccessorFactory.forBeanPropertyAccess(to);
    for (PropertyDescriptor property : source.getPropertyDescriptors()) {
      String name = property.getName();
      if (!NOT_TAKEN_OVER.contains(name)
          && source.isReadableProperty(name)
          && target.isReadableProperty(name)
          && target.isWritableProperty(name)) {
        @Nullable Object value = source.getPropertyValue(name);
        if (isSaid(value) && (replace || !isSaid(target.getPropertyValue(name)))) {
          target.setPropertyValue(name, value);
        }
      }
    }
  }

  private static boolean isSaid(@Nullable Object value) {
    return value instanceof Collection<?> many
        ? !many.isEmpty()
        : value instanceof Map<?, ?> map ? !map.isEmpty() : value != null;
  }
}
