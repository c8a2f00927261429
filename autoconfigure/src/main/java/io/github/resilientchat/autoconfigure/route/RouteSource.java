package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.quota.QuotaRoutes;
import io.github.resilientchat.core.route.RoutingStrategy;
import java.util.Map;
import java.util.Set;

/**
 * The properties that routes are read from, and what they may refer to.
 *
 * @param later whether somebody finds out where profiles may be served whose ids do not tell
 * @param strategies of the application, by the names of the beans
 */
record RouteSource(
    RoutesProperties tree,
    AccountNames accounts,
    StandIn standIn,
    boolean later,
    Map<String, RoutingStrategy> strategies) {

  /** The same with other properties. */
  RouteSource of(RoutesProperties properties) {
    return new RouteSource(properties, accounts, standIn, later, strategies);
  }

  private RouteReader reader(Problems problems) {
    return new RouteReader(tree, accounts, standIn, later, strategies, problems);
  }

  /**
   * Reads all routes.
   *
   * @throws InvalidConfigurationException with every problem of them
   */
  ConfiguredRoutes read() {
    Problems problems = new Problems();
    ConfiguredRoutes read = reader(problems).read();
    problems.report();
    return read;
  }

  /** Adds what is wrong with the routes, or likely not meant. */
  void check(Problems problems) {
    reader(problems).read();
  }

  /** What is in force over each route that the properties describe. */
  RoutePlans plans() {
    RouteReader reader = reader(new Problems());
    return reader.plans(reader.read());
  }

  /** What quotas want to know of the routes, as far as they can be read. */
  QuotaRoutes quotas() {
    RouteReader reader = reader(new Problems());
    return reader.quotas(reader.read());
  }

  /** The accounts that targets use, as far as they can be read. */
  Set<String> accountsInUse() {
    RouteReader reader = reader(new Problems());
    reader.read();
    return reader.accountsInUse();
  }
}
