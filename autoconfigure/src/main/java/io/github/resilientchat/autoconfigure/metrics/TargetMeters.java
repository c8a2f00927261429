package io.github.resilientchat.autoconfigure.metrics;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.operation.RouteStatus;
import io.github.resilientchat.core.operation.TargetStatus;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * How the targets of the configured routes are, read when somebody looks. Targets that come and go
 * have their meters for as long as they are there.
 */
final class TargetMeters implements MeterBinder {

  /** The one that lets least through first. */
  private static final List<CircuitBreaker.State> STATES =
      List.of(
          CircuitBreaker.State.OPEN, CircuitBreaker.State.HALF_OPEN, CircuitBreaker.State.CLOSED);

  private final StatusView view;
  private final Supplier<List<Route>> routes;
  private final Map<MeterRegistry, Map<Gauged, Meter>> bound = new ConcurrentHashMap<>();

  /** A meter and its tags, whoever reads it. */
  private record Gauged(String name, Tags tags) {}

  /** A meter that is to be there. */
  private record Wanted(String description, Supplier<Number> value) {}

  TargetMeters(Operations operations, Supplier<List<Route>> routes) {
    this.view = new StatusView(operations);
    this.routes = routes;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    bound.computeIfAbsent(registry, unknown -> new ConcurrentHashMap<>());
    follow();
  }

  /** The targets are others now, or may be. */
  void follow() {
    Map<Gauged, Wanted> wanted = wanted();
    bound.forEach((registry, known) -> follow(registry, known, wanted));
  }

  private static void follow(
      MeterRegistry registry, Map<Gauged, Meter> known, Map<Gauged, Wanted> wanted) {
    Set<Gauged> gone = new HashSet<>(known.keySet());
    gone.removeAll(wanted.keySet());
    for (Gauged meter : gone) {
      Meter registered = known.remove(meter);
      if (registered != null) {
        registry.remove(registered);
      }
    }
    wanted.forEach(
        (meter, gauge) -> {
          if (!known.containsKey(meter)) {
            known.put(
                meter,
                Gauge.builder(meter.name(), gauge.value())
                    .description(gauge.description())
                    .tags(meter.tags())
                    .strongReference(true)
                    .register(registry));
          }
        });
  }

  private Map<Gauged, Wanted> wanted() {
    Map<Gauged, Wanted> wanted = new HashMap<>();
    for (Route route : routes.get()) {
      for (Target target : route.targets()) {
        ofRoute(route.name(), target.name(), wanted);
        ofTarget(route.name(), target, wanted);
      }
    }
    return wanted;
  }

  private void ofRoute(String route, String target, Map<Gauged, Wanted> wanted) {
    Tags tags = Tags.of("route", route, "target", target);
    wanted.put(
        new Gauged(MeterNames.AVAILABLE, tags),
        new Wanted(
            "1 while a call of the route would be let in, else 0",
            () -> value(route, target, status -> status.canAnswer() ? 1 : 0)));
    wanted.put(
        new Gauged(MeterNames.WEIGHT, tags),
        new Wanted("The weight that counts now", () -> value(route, target, TargetStatus::weight)));
    for (CircuitBreaker.State state : STATES) {
      wanted.put(
          new Gauged(MeterNames.BREAKER, tags.and("state", state.name().toLowerCase(Locale.ROOT))),
          new Wanted(
              "1 for the state of the target's circuit breaker in the route, else 0; of two, one"
                  + " for streams, the one that lets less through",
              () -> value(route, target, status -> breaker(status) == state ? 1 : 0)));
    }
  }

  private static CircuitBreaker.State breaker(TargetStatus status) {
    List<CircuitBreaker.State> both =
        List.of(shown(status.blocking().breaker()), shown(status.streaming().breaker()));
    return STATES.stream().filter(both::contains).findFirst().orElseThrow();
  }

  private static CircuitBreaker.State shown(CircuitBreaker.State state) {
    return switch (state) {
      case OPEN, FORCED_OPEN -> CircuitBreaker.State.OPEN;
      case HALF_OPEN -> CircuitBreaker.State.HALF_OPEN;
      case CLOSED, DISABLED, METRICS_ONLY -> CircuitBreaker.State.CLOSED;
    };
  }

  private void ofTarget(String route, Target target, Map<Gauged, Wanted> wanted) {
    String name = target.name();
    wanted.putIfAbsent(
        new Gauged(MeterNames.IN_FLIGHT, Tags.of("target", name)),
        new Wanted(
            "Attempts under way at the target, of all routes",
            () -> value(route, name, TargetStatus::inFlight)));
    for (Limit limit : target.limits().all()) {
      wanted.putIfAbsent(
          new Gauged(MeterNames.LIMIT_USED, Tags.of("target", name, "limit", limit.toString())),
          new Wanted(
              "What is used of a limit of the target; above 1 while in debt",
              () -> value(route, name, status -> usedOf(limit, status))));
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
  private double value(String route, String target, ToDoubleFunction<TargetStatus> what) {
    for (RouteStatus status : view.routes()) {
      if (status.name().equals(route)) {
        for (TargetStatus each : status.targets()) {
          if (each.target().name().equals(target)) {
            return what.applyAsDouble(each);
          }
        }
      }
    }
    return Double.NaN;
  }
}
