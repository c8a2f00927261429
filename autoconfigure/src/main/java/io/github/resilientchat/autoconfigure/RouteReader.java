package io.github.resilientchat.autoconfigure;

import io.github.resilientchat.autoconfigure.TargetReader.Entry;
import io.github.resilientchat.core.Route;
import io.github.resilientchat.core.RoutePolicy;
import io.github.resilientchat.core.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the routes of a property tree; reports all that is wrong with it at once. */
final class RouteReader {

  private static final String ROUTES = "resilient.routes.";
  private static final int TIER_OF_TARGET = 0;

  private final ResilientProperties tree;
  private final Problems problems = new Problems();
  private final TargetReader targets;
  private final RoutePolicy defaultPolicy;
  private final Map<String, Integer> maxTokens = new HashMap<>();

  private RouteReader(ResilientProperties tree, Map<String, String> attributes) {
    this.tree = tree;
    this.targets = new TargetReader(tree, attributes, problems);
    this.defaultPolicy =
        new PolicyReader("resilient.defaults", tree.defaults())
            .over(RoutePolicy.DEFAULTS, problems);
  }

  /**
   * Reads all routes.
   *
   * @param attributes of every target
   * @throws InvalidConfigurationException with every problem of the tree
   */
  static ConfiguredRoutes read(ResilientProperties tree, Map<String, String> attributes) {
    return new RouteReader(tree, attributes).read();
  }

  private ConfiguredRoutes read() {
    AccountCheck.check(tree.accounts(), problems);
    QuotaReader.check(tree, problems);
    if (tree.routes().isEmpty()) {
      problems.add(
          "resilient.routes",
          null,
          "no route is configured",
          "add one, such as resilient.routes.chat.targets=<model id>@<Region>");
    }
    List<Route> routes = new ArrayList<>();
    new TreeMap<>(tree.routes())
        .forEach((name, route) -> route(name, route).ifPresent(routes::add));
    String defaultRoute = problems.collect(this::defaultRoute).orElse("");
    problems.report();
    return new ConfiguredRoutes(routes, defaultRoute, maxTokens);
  }

  private Optional<Route> route(String name, RouteProperties properties) {
    RoutePolicy policy = new PolicyReader(ROUTES + name, properties).over(defaultPolicy, problems);
    Set<String> names = new HashSet<>();
    SortedMap<Integer, List<Target>> tiers = new TreeMap<>();
    boolean complete = true;
    for (String text : TargetText.entries(properties.targets())) {
      complete &= add(ROUTES + name + ".targets", text, name, names, tiers, TIER_OF_TARGET);
    }
    int later = tiers.isEmpty() ? 1 : tiers.lastKey() + 1;
    for (String text : TargetText.entries(properties.fallbacks())) {
      complete &= add(ROUTES + name + ".fallbacks", text, name, names, tiers, later++);
    }
    if (complete && tiers.isEmpty()) {
      problems.add(
          ROUTES + name + ".targets",
          null,
          "the route has no target" + (properties.targets().isEmpty() ? "" : " that is enabled"),
          "list at least one target, or remove the route");
    }
    if (!complete || tiers.isEmpty()) {
      return Optional.empty();
    }
    Route.Builder route = Route.named(name).policy(policy).strategy(strategy(properties).recipe());
    tiers.values().forEach(route::tier);
    return Optional.of(route.build());
  }

  /** Adds one entry; false when it cannot be read. */
  private boolean add(
      String key,
      String text,
      String route,
      Set<String> names,
      SortedMap<Integer, List<Target>> tiers,
      int givenTier) {
    Optional<Entry> entry =
        problems.collect(() -> targets.read(key, text, route, names)).flatMap(read -> read);
    entry
        .filter(Entry::enabled)
        .ifPresent(
            enabled -> {
              int tier = givenTier == TIER_OF_TARGET ? enabled.tier() : givenTier;
              tiers.computeIfAbsent(tier, none -> new ArrayList<>()).add(enabled.target());
              if (enabled.maxTokens() != null) {
                maxTokens.put(enabled.target().name(), enabled.maxTokens());
              }
            });
    return entry.isPresent();
  }

  private Strategy strategy(RouteProperties route) {
    if (route.strategy() != null) {
      return route.strategy();
    }
    return tree.defaults().strategy() == null ? Strategy.WEIGHTED : tree.defaults().strategy();
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
