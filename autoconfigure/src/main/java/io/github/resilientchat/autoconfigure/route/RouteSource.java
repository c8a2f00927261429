package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import java.util.Set;

/**
 * The properties that routes are read from, and what they may refer to.
 *
 * @param later whether somebody finds out where profiles may be served whose ids do not tell
 */
record RouteSource(RoutesProperties tree, AccountNames accounts, StandIn standIn, boolean later) {

  private RouteReader reader(Problems problems) {
    return new RouteReader(tree, accounts, standIn, later, problems);
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

  /** The accounts that targets use, as far as they can be read. */
  Set<String> accountsInUse() {
    RouteReader reader = reader(new Problems());
    reader.read();
    return reader.accountsInUse();
  }
}
