package io.github.resilientchat.autoconfigure.health;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * As Spring Boot's own indicators are switched, whose annotation for it is another class on each of
 * its lines.
 */
public final class OnHealthEnabled implements Condition {

  static final String KEY = "management.health.resilient.enabled";

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    Environment environment = context.getEnvironment();
    boolean usually =
        environment.getProperty("management.health.defaults.enabled", Boolean.class, true);
    return environment.getProperty(KEY, Boolean.class, usually);
  }
}
