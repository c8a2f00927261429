package io.github.resilientchat.autoconfigure.health;

import java.util.Map;
import java.util.function.Supplier;

/**
 * What the health of this library is made of, the same on both lines of Spring Boot: groups of
 * parts, each asked when somebody looks. Asks no network.
 */
@FunctionalInterface
public interface HealthSource {

  /** Parts by group, such as {@code routes} and {@code accounts}, and by name. */
  Map<String, Map<String, Supplier<HealthReport>>> groups();
}
