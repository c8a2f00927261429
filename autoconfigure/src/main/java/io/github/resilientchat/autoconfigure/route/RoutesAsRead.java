package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.quota.QuotaRoutes;

/** What the properties say of routes at one moment, as far as they can be read. */
public final class RoutesAsRead {

  private final RouteReader reader;
  private final ConfiguredRoutes routes;

  RoutesAsRead(RouteReader reader) {
    this.reader = reader;
    this.routes = reader.read();
  }

  public ConfiguredRoutes routes() {
    return routes;
  }

  /** What all calls over each route may use together. */
  public QuotaRoutes limits() {
    return reader.quotas(routes);
  }

  /** What is, or would be, in force over each route. */
  public RoutePlans plans() {
    return reader.plans(routes);
  }
}
