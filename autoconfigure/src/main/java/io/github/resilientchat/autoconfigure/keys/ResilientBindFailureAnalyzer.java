package io.github.resilientchat.autoconfigure.keys;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

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
    String expected = ExpectedValue.of(cause.getTarget().getType().resolve(Object.class), cause);
    String value =
        property == null ? "" : "=" + Secrets.withhold(key, String.valueOf(property.getValue()));
    String origin =
        property == null || property.getOrigin() == null
            ? ""
            : " (from " + property.getOrigin() + ")";
    String description =
        "The configuration under 'resilient' cannot work:\n\n    %s%s%s\n        is not %s\n"
            .formatted(key, value, origin, expected);
    return new FailureAnalysis(
        description,
        "Change the configuration:\n\n    %s: write %s\n\nEvery property is in %s"
            .formatted(key, expected, PropertiesPage.of(Set.of(key))),
        cause);
  }
}
