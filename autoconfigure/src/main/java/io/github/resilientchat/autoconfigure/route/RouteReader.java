package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Nearest;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.quota.LimitText;
import io.github.resilientchat.autoconfigure.quota.QuotaRoutes;
import io.github.resilientchat.bedrock.QuotaKey;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Tariff;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the routes of a property tree; reports all that is wrong with it at once. */
final class RouteReader {

  private static final String ROUTES = "resilient.routes.";

  private final RoutesProperties tree;
  private final Problems problems;
  private final TargetReader targets;
  private final RoutePolicy defaultPolicy;
  private final ResidencyCheck residency;
  private final RouteCheck check;
  private final Map<String, Route> routes = new TreeMap<>();
  private final StrategyReader strategies;
  private final Map<String, TargetSettings> settings = new HashMap<>();
  private final Map<String, ModelOptions> options = new HashMap<>();
  private final Map<String, Map<String, Map<String, String>>> sources = new HashMap<>();

  /**
   * @param later whether somebody finds out where profiles may be served whose ids do not tell
   */
  RouteReader(
      RoutesProperties tree,
      AccountNames accounts,
      StandIn standIn,
      boolean later,
      Map<String, RoutingStrategy> beans,
      Problems problems) {
    this.problems = problems;
    this.strategies = new StrategyReader(tree.defaults(), beans, problems);
    this.check = new RouteCheck(tree.defaults(), problems);
    this.tree = tree.orRouteTo(standIn.targets());
    this.residency = new ResidencyCheck(tree.defaults(), later);
    this.targets = new TargetReader(tree, accounts, standIn.attributes(), problems);
    this.defaultPolicy =
        new PolicyReader("resilient.defaults", tree.defaults())
            .over(RoutePolicy.DEFAULTS, problems);
    OptionsCheck.check("resilient.defaults", tree.defaults().options(), problems);
  }

  /** Reads all routes; what is wrong with them goes to the problems. */
  ConfiguredRoutes read() {
    if (tree.routes().isEmpty()) {
      problems.add(
          "resilient.routes",
          null,
          "no route is configured",
          "add one, such as resilient.routes.chat.targets=<model id>@<Region>");
    }
    RouteOrder.of(tree.routes(), problems)
        .forEach((name, route) -> route(name, route).ifPresent(read -> routes.put(name, read)));
    String defaultRoute = problems.collect(this::defaultRoute).orElse("");
    if (routes.size() == tree.routes().size()) {
      targets.reportUnused(problems);
      strategies.reportUnused();
    }
    return new ConfiguredRoutes(
        List.copyOf(routes.values()), defaultRoute, settings, options, residency.byRoute());
  }

  /** What is in force over each route that was read. */
  RoutePlans plans(ConfiguredRoutes read) {
    RoutePlanner planner = new RoutePlanner(tree.defaults(), targets::source);
    List<RoutePlan> plans = new ArrayList<>();
    for (Route route : read.all()) {
      RouteProperties own = tree.routes().get(route.name());
      if (own != null) {
        boolean isDefault = route.name().equals(read.defaultRoute());
        plans.add(planner.plan(route, isDefault, own, strategies.name(own), sources(route), read));
      }
    }
    return new RoutePlans(plans);
  }

  /** Where the settings of its targets come from, those of routes that it falls back to too. */
  private Map<String, Map<String, String>> sources(Route route) {
    Map<String, Map<String, String>> all = new HashMap<>();
    sources.values().forEach(all::putAll);
    all.putAll(sources.getOrDefault(route.name(), Map.of()));
    return all;
  }

  /** The accounts that targets use, as far as they can be read. */
  Set<String> accountsInUse() {
    return targets.accountsInUse();
  }

  private static Limits limits(String name, RouteProperties properties) {
    return LimitText.parse(ROUTES + name + ".limits", properties.limits());
  }

  /** The names of all routes and what quotas want to know of them, as far as they can be read. */
  QuotaRoutes quotas(ConfiguredRoutes read) {
    Map<String, Limits> limits = new HashMap<>();
    tree.routes()
        .forEach(
            (name, route) ->
                limits.put(
                    name, new Problems().collect(() -> limits(name, route)).orElse(Limits.NONE)));
    Map<String, Integer> answers = new HashMap<>();
    for (Route route : read.all()) {
      route.targets().stream()
          .map(target -> read.options(route, target).maxTokens())
          .filter(Objects::nonNull)
          .max(Integer::compare)
          .ifPresent(longest -> answers.put(route.name(), longest));
    }
    Map<String, Tariff> tariffs = new HashMap<>();
    read.all().forEach(route -> tariffs.put(route.name(), route.tariff()));
    return new QuotaRoutes(limits, answers, tariffs);
  }

  private Optional<Route> route(String name, RouteProperties properties) {
    RoutePolicy policy = new PolicyReader(ROUTES + name, properties).over(defaultPolicy, problems);
    problems.collect(() -> limits(name, properties));
    OptionsCheck.check(ROUTES + name, properties.options(), problems);
    options.put(name, properties.options().over(tree.defaults().options()));
    check.times(name, properties, policy);
    Optional<Route> route = route(name, properties, policy);
    residency.check(name, properties, route.map(Route::targets).orElse(List.of()), problems);
    return route;
  }

  private Optional<Route> route(String name, RouteProperties properties, RoutePolicy policy) {
    RoutingStrategy strategy = strategies.read(ROUTES + name, properties);
    RouteTiers tiers = new RouteTiers(name, targets, routes, problems);
    tiers.addTargets(properties.targets(), families(properties));
    tiers.addFallbacks(properties.fallbacks());
    settings.putAll(tiers.settings());
    sources.put(name, tiers.sources());
    if (tiers.isComplete() && !tiers.hasTargets()) {
      withoutTargets(ROUTES + name + ".targets", properties, tiers);
    }
    if (!tiers.isComplete() || tiers.isEmpty()) {
      return Optional.empty();
    }
    if (strategies.is(Strategy.COST, properties)) {
      requirePrices(name, properties, tiers.unpriced());
    }
    check.sticky(name, properties, strategies);
    Route.Builder route = Route.named(name).policy(policy).strategy(strategy);
    Optional<Route> built =
        problems.collect(() -> tiers.build(route)).flatMap(check::withoutThoseBelow);
    built.ifPresent(
        each -> check.reach(properties, each, strategies.is(Strategy.ORDERED, properties)));
    return built;
  }

  private void withoutTargets(String key, RouteProperties properties, RouteTiers tiers) {
    if (tiers.isEmpty()) {
      problems.add(
          key,
          null,
          "the route has no target" + (properties.targets().isEmpty() ? "" : " that is enabled"),
          "list at least one target, or remove the route");
    } else if (properties.targets().isEmpty()) {
      if (!isOtherName(properties)) {
        problems.add(
            key,
            "",
            "is empty, so the fallbacks would take every call",
            "list at least one target, or move the fallbacks there");
      }
    } else {
      problems.doubt(
          key,
          String.join(",", properties.targets()),
          "lists no target that is enabled, so the fallbacks take every call",
          "enable one, unless that is meant");
    }
  }

  /** A route that says nothing but other routes is another name of theirs. */
  private static boolean isOtherName(RouteProperties properties) {
    return TargetText.entries(properties.fallbacks()).stream()
        .allMatch(text -> RouteOrder.reference(text).isPresent());
  }

  private void requirePrices(String name, RouteProperties route, List<Target> unpriced) {
    if (!unpriced.isEmpty()) {
      problems.add(
          route.strategy() == null ? "resilient.defaults.strategy" : ROUTES + name + ".strategy",
          "cost",
          "route '" + name + "' has targets without a price: " + names(unpriced),
          "name their models under resilient.models.<name> with an id, an input-price and an"
              + " output-price in US dollars per million tokens, or choose another strategy");
    }
  }

  private static String names(List<Target> targets) {
    return targets.stream().map(Target::name).collect(Collectors.joining(", "));
  }

  private List<QuotaKey.Family> families(RouteProperties route) {
    @Nullable List<QuotaKey.Family> own =
        route.families() == null ? tree.defaults().families() : route.families();
    return own == null ? List.of() : own.stream().distinct().toList();
  }

  /** Without a default route, the order of files and variables must not decide which it is. */
  private String defaultRoute() {
    Set<String> names = new TreeMap<>(tree.routes()).keySet();
    String wanted = tree.defaultRoute();
    if (wanted == null) {
      return names.contains("chat") || names.isEmpty() ? "chat" : names.iterator().next();
    }
    if (!names.contains(wanted)) {
      throw new InvalidConfigurationException(
          "resilient.default-route",
          wanted,
          "there is no route '" + wanted + "'",
          Nearest.hint(wanted, names));
    }
    return wanted;
  }
}
