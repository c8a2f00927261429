package io.github.resilientchat.autoconfigure.keys;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.ClassUtils;

/** Says what a value of a type looks like. */
final class ExpectedValue {

  private ExpectedValue() {}

  /** In words that follow "is not" and "write". */
  static String of(Class<?> declared, Throwable failure) {
    return of(typeOf(declared, failure));
  }

  /** The type of a value, which for a list is that of the element that could not be read. */
  private static Class<?> typeOf(Class<?> declared, Throwable failure) {
    Class<?> type = declared;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConversionFailedException conversion) {
        type = conversion.getTargetType().getType();
      }
    }
    return type;
  }

  private static String of(Class<?> type) {
    Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
              .collect(Collectors.joining(", "));
    }
    if (boxed == Double.class) {
      return "a number such as 3.30";
    }
    if (Number.class.isAssignableFrom(boxed)) {
      return "a whole number";
    }
    return switch (boxed.getSimpleName()) {
      case "Duration" -> "a time such as 500ms, 30s or 2m";
      case "Boolean" -> "true or false";
      case "URI" -> "a URI such as https://bedrock-runtime.us-east-1.amazonaws.com";
      default -> "a value of this property, or holds a placeholder that cannot be resolved";
    };
  }
}
