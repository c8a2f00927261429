package io.github.resilientchat.autoconfigure;

import java.util.List;

/**
 * Properties of an application that must not start.
 *
 * @param report what must be said of them
 */
public record Mistake(String[] properties, List<String> report) {

  public static Mistake of(List<String> properties, String... report) {
    return new Mistake(properties.toArray(String[]::new), List.of(report));
  }

  @Override
  public String toString() {
    return String.join(" ", properties);
  }
}
