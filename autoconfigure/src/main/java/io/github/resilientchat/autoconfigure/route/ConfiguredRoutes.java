package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.core.report.UnknownRouteException;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The routes that the properties describe, the same for both frameworks. Immutable.
 *
 * @param all every route, by name in order
 * @param defaultRoute name of the route used by requests that name none
 * @param settings of the models of targets, by target name; others have the defaults
 * @param options of requests over a route that do not say them, by its name; what targets and
 *     models say comes first
 * @param residency areas and Regions in which the prompts of a route may be processed, by its name
 */
public record ConfiguredRoutes(
    List<Route> all,
    String defaultRoute,
    Map<String, TargetSettings> settings,
    Map<String, ModelOptions> options,
    Map<String, List<String>> residency) {

  public ConfiguredRoutes {
    all = List.copyOf(all);
    settings = Map.copyOf(settings);
    options = Map.copyOf(options);
    residency = Map.copyOf(residency);
  }

  /** Routes without options whose prompts may be processed anywhere. */
  public ConfiguredRoutes(
      List<Route> all, String defaultRoute, Map<String, TargetSettings> settings) {
    this(all, defaultRoute, settings, Map.of(), Map.of());
  }

  /** Where the prompts of a route may be processed; empty for anywhere. */
  public List<String> residency(String route) {
    return residency.getOrDefault(route, List.of());
  }

  /**
   * The route of this name.
   *
   * @throws UnknownRouteException if there is none; lists those there are
   */
  public Route route(String name) {
    return all.stream()
        .filter(route -> route.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UnknownRouteException(name, names()));
  }

  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    all.forEach(route -> names.add(route.name()));
    return names;
  }

  /** Names of the accounts that targets use. */
  public Set<String> accounts() {
    return places().map(Target::account).collect(Collectors.toSet());
  }

  /** The Regions that targets use of each account, by its name. */
  public Map<String, Set<String>> regionsByAccount() {
    return places()
        .collect(
            Collectors.groupingBy(
                Target::account,
                TreeMap::new,
                Collectors.mapping(Target::region, Collectors.toCollection(TreeSet::new))));
  }

  /** Targets that are in a Region of an account: all but beans. */
  private Stream<Target> places() {
    return all.stream()
        .flatMap(route -> route.targets().stream())
        .filter(target -> !ProviderBeans.isMeant(target));
  }

  /** How the model of a target is made. */
  public TargetSettings settings(Target target) {
    return settings.getOrDefault(target.name(), TargetSettings.DEFAULTS);
  }

  /** Options of requests over a route, when one of its targets gets them, that do not say them. */
  public ModelOptions options(Route route, Target target) {
    return settings(target).options().over(options.getOrDefault(route.name(), ModelOptions.NONE));
  }
}
