package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.route.TargetReader.Entry;
import io.github.resilientchat.bedrock.QuotaKey;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tiers of one route: its targets, then its fallbacks in their order. */
final class RouteTiers {

  /** So many tiers one tier may become. */
  private static final int FAMILIES = QuotaKey.Family.values().length;

  private final String route;
  private final String key;
  private final TargetReader targets;
  private final Map<String, Route> others;
  private final Problems problems;
  private final Set<String> names = new HashSet<>();
  private final SortedMap<Integer, List<Target>> tiers = new TreeMap<>();
  private final List<Consumer<Route.Builder>> fallbacks = new ArrayList<>();
  private final List<Target> single = new ArrayList<>();
  private final Map<String, TargetSettings> settings = new HashMap<>();
  private final Map<String, Map<String, String>> sources = new HashMap<>();
  private boolean complete = true;

  /**
   * @param others routes that were read already, those this one falls back to among them
   */
  RouteTiers(String route, TargetReader targets, Map<String, Route> others, Problems problems) {
    this.route = route;
    this.key = "resilient.routes." + route;
    this.targets = targets;
    this.others = others;
    this.problems = problems;
  }

  /**
   * Adds the targets of the first tiers.
   *
   * @param families ways of calling each, one after the other; none for the way that its id says
   */
  void addTargets(List<String> texts, List<QuotaKey.Family> families) {
    for (String text : TargetText.entries(texts)) {
      entry(".targets", text).ifPresent(entry -> add(text, entry, families));
    }
  }

  /** Each family behind the one before it, whatever tiers the targets have. */
  private void add(String text, Entry entry, List<QuotaKey.Family> families) {
    if (families.isEmpty()) {
      add(entry.tier(), entry.target());
      return;
    }
    Optional<List<Entry>> all =
        problems.collect(() -> targets.through(families, key + ".targets", text, entry, names));
    complete &= all.isPresent();
    List<Entry> ways = all.orElse(List.of());
    for (int way = 0; way < ways.size(); way++) {
      Entry each = ways.get(way);
      add(entry.tier() * FAMILIES + way, each.target());
      settings.put(each.target().name(), each.settings());
      sources.put(each.target().name(), each.sources());
    }
  }

  private void add(int tier, Target target) {
    tiers.computeIfAbsent(tier, none -> new ArrayList<>()).add(target);
  }

  void addFallbacks(List<String> texts) {
    for (String text : TargetText.entries(texts)) {
      Optional<String> other = RouteOrder.reference(text);
      if (other.isPresent()) {
        addRoute(others.get(other.get()));
      } else {
        entry(".fallbacks", text).map(Entry::target).ifPresent(this::addFallback);
      }
    }
  }

  private void addFallback(Target target) {
    single.add(target);
    fallbacks.add(builder -> builder.tier(target));
  }

  /** A route is missing when its own problem was reported already. */
  private void addRoute(@Nullable Route other) {
    complete &= other != null;
    if (other != null) {
      fallbacks.add(builder -> builder.fallback(other));
    }
  }

  /** Reads one entry; empty when it is not used, or cannot be read. */
  private Optional<Entry> entry(String list, String text) {
    Optional<Entry> entry =
        problems.collect(() -> targets.read(key + list, text, route, names)).flatMap(read -> read);
    complete &= entry.isPresent();
    Optional<Entry> used = entry.filter(Entry::enabled);
    used.ifPresent(each -> settings.put(each.target().name(), each.settings()));
    used.ifPresent(each -> sources.put(each.target().name(), each.sources()));
    return used;
  }

  /** Whether all entries could be read. */
  boolean isComplete() {
    return complete;
  }

  /** Whether there is one before the fallbacks. */
  boolean hasTargets() {
    return !tiers.isEmpty();
  }

  boolean isEmpty() {
    return tiers.isEmpty() && fallbacks.isEmpty();
  }

  /** Settings of models by the names of targets. */
  Map<String, TargetSettings> settings() {
    return settings;
  }

  /** Where the settings of targets come from, by their names. */
  Map<String, Map<String, String>> sources() {
    return sources;
  }

  /** Targets that a price is needed for and missing: where there is a choice, else anywhere. */
  List<Target> unpriced() {
    List<Target> own =
        Stream.concat(tiers.values().stream().flatMap(List::stream), single.stream()).toList();
    if (own.stream().noneMatch(RouteTiers::isPriced)) {
      return own;
    }
    return tiers.values().stream()
        .filter(tier -> tier.size() > 1)
        .flatMap(List::stream)
        .filter(target -> !isPriced(target))
        .toList();
  }

  private static boolean isPriced(Target target) {
    return target.traits().prices() != null;
  }

  Route build(Route.Builder builder) {
    tiers.values().forEach(builder::tier);
    fallbacks.forEach(fallback -> fallback.accept(builder));
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          key + ".fallbacks",
          null,
          String.valueOf(e.getMessage()),
          "leave out what a route in the list has already");
    }
  }
}
