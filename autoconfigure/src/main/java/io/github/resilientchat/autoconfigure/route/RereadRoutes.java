package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.Problems;
import java.util.function.BiFunction;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Reads the properties of routes again, as they are in the environment when it is asked. */
public final class RereadRoutes {

  private final Environment environment;
  private final BiFunction<RoutesProperties, Problems, RoutesAsRead> reading;

  RereadRoutes(
      Environment environment, BiFunction<RoutesProperties, Problems, RoutesAsRead> reading) {
    this.environment = environment;
    this.reading = reading;
  }

  /**
   * What the properties say now.
   *
   * @param problems gets what is wrong with them, or likely not meant
   */
  public RoutesAsRead read(Problems problems) {
    return reading.apply(
        Binder.get(environment).bindOrCreate("resilient", RoutesProperties.class), problems);
  }
}
