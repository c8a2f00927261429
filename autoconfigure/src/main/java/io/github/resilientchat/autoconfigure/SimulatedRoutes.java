package io.github.resilientchat.autoconfigure;

import java.util.List;
import java.util.Map;

/** What the simulator answers when no route is configured, so that a first call needs nothing. */
final class SimulatedRoutes {

  static final String ROUTE = "chat";

  private static final List<String> TARGETS =
      List.of(
          "us.anthropic.claude-sonnet-4-6@us-east-1",
          "us.anthropic.claude-haiku-4-5-20251001-v1:0@us-west-2");

  private SimulatedRoutes() {}

  /** The tree with a route of two targets, if it has no route of its own. */
  static ResilientProperties in(ResilientProperties tree) {
    if (!tree.routes().isEmpty()) {
      return tree;
    }
    RouteProperties route =
        new RouteProperties(
            TARGETS,
            List.of(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            RetryProperties.UNSET,
            BreakerProperties.UNSET,
            HedgeProperties.UNSET);
    return new ResilientProperties(
        tree.enabled(),
        tree.backend(),
        tree.defaultRoute(),
        tree.accounts(),
        tree.models(),
        tree.targets(),
        Map.of(ROUTE, route),
        tree.defaults(),
        tree.identity(),
        tree.quotas(),
        tree.store(),
        tree.observability(),
        tree.simulator());
  }
}
