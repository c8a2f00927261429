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

  /** Reads all routes; what is wrong with them, or likely not meant, goes to the problems. */
  RoutesAsRead read(Problems problems) {
    return new RoutesAsRead(reader(problems));
  }

  /**
   * Reads all routes.
   *
   * @throws InvalidConfigurationException with every problem of them
   */
  ConfiguredRoutes read() {
    Problems problems = new Problems();
    RoutesAsRead read = read(problems);
    problems.report();
    return read.routes();
  }

  /** What is in force over each route that the properties describe. */
  RoutePlans plans() {
    return read(new Problems()).plans();
  }

  /** What quotas want to know of the routes, as far as they can be read. */
  QuotaRoutes quotas() {
    return read(new Problems()).limits();
  }

  /** The accounts that targets use, as far as they can be read. */
  Set<String> accountsInUse() {
    RouteReader reader = reader(new Problems());
    reader.read();
    return reader.accountsInUse();
  }
}
