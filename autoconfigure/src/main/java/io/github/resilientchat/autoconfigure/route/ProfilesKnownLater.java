package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.Problems;

/**
 * Says, as a bean, that whoever makes it finds out where profiles may be served whose ids do not
 * tell; until then they are no objection to a residency. At the start that is its own to do.
 */
@FunctionalInterface
public interface ProfilesKnownLater {

  /**
   * Finds it out of routes that are read while the application runs, before they are taken over.
   *
   * @param problems gets what is wrong with them
   */
  void check(ConfiguredRoutes routes, Problems problems);
}
