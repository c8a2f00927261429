package io.github.resilientchat.autoconfigure.route;

import java.util.function.Supplier;

/** The configured routes as they are now, after what was read anew at run time. Thread-safe. */
public final class RoutesNow implements Supplier<ConfiguredRoutes> {

  private final Known first;
  private volatile Known now;

  private record Known(ConfiguredRoutes routes, RoutePlans plans) {}

  /**
   * @param plans what is in force over each of them
   */
  public RoutesNow(ConfiguredRoutes routes, RoutePlans plans) {
    this.first = new Known(routes, plans);
    this.now = first;
  }

  @Override
  public ConfiguredRoutes get() {
    return now.routes();
  }

  /** What is in force over each route, as it was read last. */
  public RoutePlans plans() {
    return now.plans();
  }

  /** From now on these are the routes. */
  public void are(ConfiguredRoutes routes, RoutePlans plans) {
    now = new Known(routes, plans);
  }

  /** The routes are again those that the application started with. */
  public void startOver() {
    now = first;
  }
}
