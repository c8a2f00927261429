package io.github.resilientchat.autoconfigure.route;

import java.util.List;
import java.util.Map;

/**
 * Who answers in place of Amazon Bedrock; a bean of a backend that does, and else there is none.
 *
 * @param targets of the route {@code chat}, where no route is configured, as a route lists them
 * @param attributes of every target
 */
public record StandIn(List<String> targets, Map<String, String> attributes) {

  static final StandIn NOBODY = new StandIn(List.of(), Map.of());

  public StandIn {
    targets = List.copyOf(targets);
    attributes = Map.copyOf(attributes);
  }
}
