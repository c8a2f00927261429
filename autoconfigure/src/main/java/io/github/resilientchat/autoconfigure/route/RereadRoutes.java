package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.keys.RereadProperties;
import java.util.function.BiFunction;

/** Reads the properties of routes again, as they are in the environment when it is asked. */
public final class RereadRoutes {

  private final RereadProperties properties;
  private final BiFunction<RoutesProperties, Problems, RoutesAsRead> reading;

  RereadRoutes(
      RereadProperties properties, BiFunction<RoutesProperties, Problems, RoutesAsRead> reading) {
    this.properties = properties;
    this.reading = reading;
  }

  /**
   * What the properties say now.
   *
   * @param problems gets what is wrong with them, or likely not meant
   */
  public RoutesAsRead read(Problems problems) {
    return reading.apply(properties.read("resilient", RoutesProperties.class, problems), problems);
  }
}
