package org.springframework.cloud.context.environment;

import java.util.Set;
import org.springframework.context.ApplicationEvent;

/** Stands in for Spring Cloud's, which this library knows by its name alone. */
public class EnvironmentChangeEvent extends ApplicationEvent {

  private static final long serialVersionUID = 1L;

  private final transient Set<String> keys;

  public EnvironmentChangeEvent(Object context, Set<String> keys) {
    super(context);
    this.keys = keys;
  }

  public Set<String> getKeys() {
    return keys;
  }
}
