package io.github.resilientchat.autoconfigure.operation;

import java.util.List;

/**
 * What properties that were read again changed. Published as an event of the application when
 * anything did.
 *
 * @param routes names of the routes whose targets, weights or policies are others
 * @param limits limits of callers whose amounts are others, as they are now
 */
public record Reloaded(List<String> routes, List<String> limits) {

  public Reloaded {
    routes = List.copyOf(routes);
    limits = List.copyOf(limits);
  }

  public boolean isNothing() {
    return routes.isEmpty() && limits.isEmpty();
  }
}
