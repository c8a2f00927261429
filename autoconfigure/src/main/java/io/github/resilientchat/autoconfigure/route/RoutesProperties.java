package io.github.resilientchat.autoconfigure.route;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where calls may go.
 *
 * @param defaultRoute Name of the route used by requests that name none. When not set: the one
 *     named 'chat', else the first by name.
 * @param models Models by name.
 * @param targets Places that can answer, by name, shared by every route that uses them.
 * @param routes Logical models that applications ask for, by name.
 * @param prices What models cost that say no prices themselves.
 * @param defaults What routes and targets use when they say nothing themselves.
 */
@ConfigurationProperties("resilient")
record RoutesProperties(
    @Nullable String defaultRoute,
    @DefaultValue Map<String, ModelProperties> models,
    @DefaultValue Map<String, TargetProperties> targets,
    @DefaultValue Map<String, RouteProperties> routes,
    @DefaultValue @NestedConfigurationProperty DefaultsProperties defaults,
    @DefaultValue @NestedConfigurationProperty PricesProperties prices) {

  /** With a route {@code chat} of these targets, unless there is a route or no target. */
  RoutesProperties orRouteTo(List<String> places) {
    return routes.isEmpty() && !places.isEmpty()
        ? new RoutesProperties(
            defaultRoute,
            models,
            targets,
            Map.of("chat", RouteProperties.to(places)),
            defaults,
            prices)
        : this;
  }
}
