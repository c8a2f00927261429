package io.github.resilientchat.autoconfigure.engine;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches unless no decision is to be kept. */
final class OnDecisionsKept implements Condition {

  static final String KEY = "resilient.observability.decisions.keep";

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    try {
      return Binder.get(context.getEnvironment())
              .bind(KEY, Integer.class)
              .orElse(ObservabilityProperties.DECISIONS_KEPT)
          != 0;
    } catch (BindException e) {
      // Reported with everything else that is wrong, when the properties are bound.
      return true;
    }
  }
}
