package io.github.resilientchat.autoconfigure.operation;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.ResolvableType;

/**
 * Reads the properties again when Spring Cloud says that some of them changed. Knows its event by
 * name: no application needs Spring Cloud for this library.
 */
final class EnvironmentChanges implements GenericApplicationListener {

  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);
  private static final String EVENT =
      "org.springframework.cloud.context.environment.EnvironmentChangeEvent";

  private final Reload reload;

  EnvironmentChanges(Reload reload) {
    this.reload = reload;
  }

  @Override
  public boolean supportsEventType(ResolvableType eventType) {
    @Nullable Class<?> type = eventType.resolve();
    return type != null && type.getName().equals(EVENT);
  }

  @Override
  public void onApplicationEvent(ApplicationEvent event) {
    try {
      Reloaded reloaded = reload.reload(false);
      if (!reloaded.isNothing()) {
        LOG.info("properties changed: routes {}, limits {}", reloaded.routes(), reloaded.limits());
      }
    } catch (IllegalArgumentException | IllegalStateException refused) {
      LOG.error("properties changed, but routes and quotas stay as they are: {}", said(refused));
    }
  }

  private static @Nullable String said(RuntimeException refused) {
    return refused.getMessage();
  }
}
