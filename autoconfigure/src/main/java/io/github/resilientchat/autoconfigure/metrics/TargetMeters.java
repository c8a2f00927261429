package io.github.resilientchat.autoconfigure.metrics;

import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.operation.RouteStatus;
import io.github.resilientchat.core.operation.TargetStatus;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** How the targets of the configured routes are, read when somebody looks. */
final class TargetMeters implements MeterBinder {

  private final StatusView view;
  private final List<Route> routes;

  TargetMeters(Operations operations, List<Route> routes) {
    this.view = new StatusView(operations);
    this.routes = List.copyOf(routes);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Set<String> seen = new HashSet<>();
    for (Route route : routes) {
      for (Target target : route.targets()) {
        ofRoute(route, target, registry);
        if (seen.add(target.name())) {
          ofTarget(route, target, registry);
        }
      }
    }
  }

  private void ofRoute(Route route, Target target, MeterRegistry registry) {
    Gauge.builder(MeterNames.AVAILABLE, () -> value(route, target, TargetMeters::availability))
        .description("1 while a call of the route would be let in, else 0")
        .tags("route", route.name(), "target", target.name())
        .strongReference(true)
        .register(registry);
    Gauge.builder(MeterNames.WEIGHT, () -> value(route, target, TargetStatus::weight))
        .description("The weight that counts now")
        .tags("route", route.name(), "target", target.name())
        .strongReference(true)
        .register(registry);
  }

  private static double availability(TargetStatus status) {
    return status.canAnswer() ? 1 : 0;
  }

  private void ofTarget(Route route, Target target, MeterRegistry registry) {
    Gauge.builder(MeterNames.IN_FLIGHT, () -> value(route, target, TargetStatus::inFlight))
        .description("Attempts under way at the target, of all routes")
        .tags("target", target.name())
        .strongReference(true)
        .register(registry);
    for (Limit limit : target.limits().all()) {
      Gauge.builder(
              MeterNames.LIMIT_USED, () -> value(route, target, status -> usedOf(limit, status)))
          .description("What is used of a limit of the target; above 1 while in debt")
          .tags("target", target.name(), "limit", limit.toString())
          .strongReference(true)
          .register(registry);
    }
  }

  private static double usedOf(Limit limit, TargetStatus status) {
    return status.limits().stream()
        .filter(used -> used.limit().equals(limit))
        .mapToDouble(TargetStatus.Used::ratio)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** NaN for a route over which no model was built. */
  private double value(Route route, Target target, ToDoubleFunction<TargetStatus> what) {
    for (RouteStatus status : view.routes()) {
      if (status.name().equals(route.name())) {
        for (TargetStatus each : status.targets()) {
          if (each.target().name().equals(target.name())) {
            return what.applyAsDouble(each);
          }
        }
      }
    }
    return Double.NaN;
  }
}
