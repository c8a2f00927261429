package io.github.resilientchat.autoconfigure.keys;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.ClassUtils;

/**
 * Says what to write for a value under {@code resilient} that is not of its type. Asked before
 * Spring Boot's own analyzer, which would show the value even of a secret.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ResilientBindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
    if (!KeyCheck.ROOT.equals(cause.getName()) && !KeyCheck.ROOT.isAncestorOf(cause.getName())) {
      return null;
    }
    String key = cause.getName().toString();
    ConfigurationProperty property = cause.getProperty();
    Class<?> type = typeOf(cause);
    String value =
        property == null ? "" : "=" + Secrets.withhold(key, String.valueOf(property.getValue()));
    String origin =
        property == null || property.getOrigin() == null
            ? ""
            : " (from " + property.getOrigin() + ")";
    String description =
        "The configuration under 'resilient' cannot work:\n\n    %s%s%s\n        is not %s\n"
            .formatted(key, value, origin, expected(type));
    return new FailureAnalysis(
        description,
        "Change the configuration:\n\n    %s: write %s".formatted(key, expected(type)),
        cause);
  }

  /** The type of a value, which for a list is that of the element that could not be read. */
  private static Class<?> typeOf(BindException failure) {
    Class<?> type = failure.getTarget().getType().resolve(Object.class);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConversionFailedException conversion) {
        type = conversion.getTargetType().getType();
      }
    }
    return type;
  }

  private static String expected(Class<?> type) {
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
