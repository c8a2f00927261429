package io.github.resilientchat.core.engine;

import io.github.resilientchat.core.Quoted;
import io.github.resilientchat.core.fleet.Fleet;
import io.github.resilientchat.core.fleet.News;
import io.github.resilientchat.core.internal.call.LiveRoute;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.internal.gate.Drains;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.operation.Part;
import io.github.resilientchat.core.operation.RouteStatus;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an operator does to the routes of an engine. */
final class EngineOperations implements Operations {

  /** By what they were asked for first. */
  private final Map<Route, LiveRoute> routes;

  private final Drains drains;

  private final Fleet fleet;

  EngineOperations(Map<Route, LiveRoute> routes, Drains drains, Fleet fleet) {
    this.routes = routes;
    this.drains = drains;
    this.fleet = fleet;
  }

  private void tell(News news) {
    Foreign.run(fleet.getClass().getName(), () -> fleet.tell(news));
  }

  /** Another instance's operator has done something. */
  void hear(News news) {
    if (news instanceof News.Drained drained) {
      @Nullable Part part = Part.read(drained.part());
      if (part != null) {
        drains.add(part);
      }
    } else if (news instanceof News.Undrained undrained) {
      @Nullable Part part = Part.read(undrained.part());
      if (part != null) {
        drains.remove(part);
      }
    }
  }

  @Override
  public List<RouteStatus> routes() {
    return routes.values().stream()
        .map(LiveRoute::status)
        .sorted(Comparator.comparing(RouteStatus::name))
        .toList();
  }

  @Override
  public Set<Part> drained() {
    return drains.all();
  }

  @Override
  public boolean drain(Part part) {
    boolean isSomewhere = targets().anyMatch(part::covers);
    if (!isSomewhere) {
      Function<Target, String> name =
          switch (part.kind()) {
            case TARGET -> Target::name;
            case REGION -> Target::region;
            case ACCOUNT -> Target::account;
          };
      throw new IllegalArgumentException(
          "no target is in " + part.shown() + "; there are " + all(name));
    }
    tell(new News.Drained(part.toString()));
    return drains.add(part);
  }

  @Override
  public boolean undrain(Part part) {
    tell(new News.Undrained(part.toString()));
    return drains.remove(part);
  }

  @Override
  public boolean weigh(String route, String target, int weight) {
    if (weight < 1) {
      throw new IllegalArgumentException(
          "a weight must be positive: " + weight + "; to send nobody there, drain the target");
    }
    boolean changed = false;
    for (LiveRoute state : named(route)) {
      changed |= state.weigh(target, weight);
    }
    return changed;
  }

  @Override
  public List<String> change(Collection<Route> wanted, Predicate<Target> settled, boolean dryRun) {
    List<LiveRoute.Change> changes = new ArrayList<>();
    Set<String> changed = new TreeSet<>();
    for (Route route : wanted) {
      for (LiveRoute live : named(route.name())) {
        LiveRoute.Change change = live.to(route, settled);
        if (change.isAny()) {
          changes.add(change);
          changed.add(route.name());
        }
      }
    }
    if (!dryRun) {
      changes.forEach(LiveRoute.Change::make);
    }
    return List.copyOf(changed);
  }

  @Override
  public boolean endRest(String target) {
    Set<String> known = all(Target::name);
    if (!known.contains(target)) {
      throw new IllegalArgumentException(
          "no target is named " + Quoted.of(target) + "; there are " + known);
    }
    boolean ended = false;
    for (LiveRoute state : routes.values()) {
      ended |= state.endRest(target);
    }
    return ended;
  }

  /** Nothing is drained any more, and the routes are those that were asked for first. */
  void startOver() {
    drained().forEach(this::undrain);
    routes.values().forEach(LiveRoute::startOver);
  }

  private Set<String> all(Function<Target, String> name) {
    return targets()
        .map(name)
        .filter(known -> !known.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<Target> targets() {
    return routes.values().stream().flatMap(route -> route.route().targets().stream());
  }

  private List<LiveRoute> named(String route) {
    List<LiveRoute> named =
        routes.values().stream().filter(known -> known.route().name().equals(route)).toList();
    if (named.isEmpty()) {
      throw new IllegalArgumentException(
          "no route is named " + Quoted.of(route) + "; there are " + names());
    }
    return named;
  }

  private Set<String> names() {
    return routes.keySet().stream().map(Route::name).collect(Collectors.toCollection(TreeSet::new));
  }
}
