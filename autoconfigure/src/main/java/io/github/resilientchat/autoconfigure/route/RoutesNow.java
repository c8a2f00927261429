package io.github.resilientchat.autoconfigure.route;

import java.util.function.Supplier;

/** The configured routes as they are now, after what was read anew at run time. Thread-safe. */
public final class RoutesNow implements Supplier<ConfiguredRoutes> {

  private volatile ConfiguredRoutes now;

  public RoutesNow(ConfiguredRoutes routes) {
    this.now = routes;
  }

  @Override
  public ConfiguredRoutes get() {
    return now;
  }

  /** From now on these are the routes. */
  public void are(ConfiguredRoutes routes) {
    now = routes;
  }
}
