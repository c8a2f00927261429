package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.quota.LimitText;
import io.github.resilientchat.autoconfigure.route.ModelReader.Model;
import io.github.resilientchat.bedrock.ModelRegions;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads targets: named ones, shared by all routes, and those written where a route lists them. */
final class TargetReader {

  /** A target as one route uses it. */
  record Entry(Target target, int tier, boolean enabled, TargetSettings settings) {}

  private final ModelReader models;
  private final PlaceReader places;
  private final Map<String, String> attributes;
  private final Map<String, TargetProperties> properties;
  private final Map<String, Entry> named = new HashMap<>();

  TargetReader(
      RoutesProperties tree,
      AccountNames accounts,
      Map<String, String> attributes,
      Problems problems) {
    this.models = new ModelReader(tree.models(), problems);
    this.places = new PlaceReader(tree.defaults(), accounts.all());
    this.attributes = attributes;
    this.properties = tree.targets();
    properties.forEach(
        (name, target) ->
            problems
                .collect(() -> readNamed(name, target))
                .flatMap(read -> read)
                .ifPresent(read -> named.put(name, read)));
  }

  /**
   * Reads an entry of a route's list; empty when it refers to something whose own problem was
   * reported already.
   *
   * @param names names of targets that the route has used
   */
  Optional<Entry> read(String key, String text, String route, Set<String> names) {
    TargetText written = TargetText.parse(key, text);
    Optional<Entry> entry =
        properties.containsKey(written.ref())
            ? namedAs(key, text, written)
            : inline(key, text, written);
    return entry.map(each -> unique(key, text, each, written, route, names));
  }

  private Optional<Entry> inline(String key, String text, TargetText written) {
    Model model = models.model(key, text, written.ref(), properties.keySet());
    String region = places.region(key, text, written.region());
    String account = places.account(key, text, written.account());
    requireCallable(key, text, model, region);
    return Optional.ofNullable(model)
        .map(
            known -> {
              String name = written.ref() + "@" + region + "/" + account;
              Target target =
                  target(name, known, region, account, written.weight(), written.limits());
              return new Entry(target, 1, true, known.settings());
            });
  }

  private Optional<Entry> namedAs(String key, String text, TargetText written) {
    TargetProperties own = properties.get(written.ref());
    if (own == null) {
      return Optional.empty();
    }
    if (models.names().contains(written.ref())) {
      throw new InvalidConfigurationException(
          key,
          text,
          "'" + written.ref() + "' is the name of both a model and a target",
          "rename one of them");
    }
    requireOnce(
        key, text, "Region or account", written.region() == null && written.account() == null);
    requireOnce(key, text, "limits", written.limits().isEmpty() || own.limits().isEmpty());
    requireOnce(key, text, "weight", written.weight() == null || own.weight() == null);
    return Optional.ofNullable(named.get(written.ref()))
        .map(
            entry ->
                new Entry(
                    with(entry.target(), written),
                    entry.tier(),
                    entry.enabled(),
                    entry.settings()));
  }

  private static void requireOnce(String key, String text, String what, boolean once) {
    if (!once) {
      throw new InvalidConfigurationException(
          key,
          text,
          "a named target has its own " + what,
          "set it either at resilient.targets.<name> or in the route");
    }
  }

  private static Target with(Target target, TargetText written) {
    return renamed(
        target,
        target.name(),
        written.weight() == null ? target.weight() : written.weight(),
        written.limits().isEmpty() ? target.limits() : written.limits());
  }

  /** Limits written in a route are that route's alone, so its target gets a name of its own. */
  private static Entry unique(
      String key, String text, Entry entry, TargetText written, String route, Set<String> names) {
    String name = entry.target().name();
    if (!written.limits().isEmpty()) {
      String own = route + ":" + name;
      name = own;
      for (int i = 2; names.contains(name); i++) {
        name = own + "#" + i;
      }
    }
    if (!names.add(name)) {
      throw new InvalidConfigurationException(
          key,
          text,
          "the route has this target already",
          "remove one of them; write a weight, as in "
              + entry.target().name()
              + "*2, for more calls");
    }
    Target target = renamed(entry.target(), name, entry.target().weight(), entry.target().limits());
    return new Entry(target, entry.tier(), entry.enabled(), entry.settings());
  }

  private Optional<Entry> readNamed(String name, TargetProperties target) {
    String key = "resilient.targets." + name;
    String ref = target.model();
    if (ref == null || ref.isBlank()) {
      throw new InvalidConfigurationException(
          key + ".model", ref, "is missing", "set it to the name of a model or to a model id");
    }
    if (target.tier() < 1) {
      throw new InvalidConfigurationException(
          key + ".tier", String.valueOf(target.tier()), "must be at least 1", "count tiers from 1");
    }
    Model model = models.model(key + ".model", ref, ref, Set.of());
    String region =
        places.region(key + ".region", String.valueOf(target.region()), target.region());
    String account =
        places.account(key + ".account", String.valueOf(target.account()), target.account());
    requireCallable(key + ".model", ref, model, region);
    Limits limits = LimitText.ofTarget(key + ".limits", String.join(", ", target.limits()));
    Integer weight = target.weight();
    if (weight != null) {
      TargetText.weight(key + ".weight", weight.toString(), weight);
    }
    return Optional.ofNullable(model)
        .map(
            known ->
                new Entry(
                    target(name, known, region, account, weight, limits),
                    target.tier(),
                    target.enabled(),
                    known.settings()));
  }

  private static void requireCallable(
      String key, String text, @Nullable Model model, String region) {
    if (model != null) {
      ModelRegions.objection(model.id(), region)
          .ifPresent(
              objection -> {
                throw new InvalidConfigurationException(
                    key,
                    text,
                    "the model " + model.id() + " cannot be called there: " + objection,
                    "write a Region that fits the model, or the id that the model has in "
                        + region);
              });
    }
  }

  private Target target(
      String name,
      Model model,
      String region,
      String account,
      @Nullable Integer weight,
      Limits limits) {
    return Target.builder(name)
        .model(model.id())
        .foundationModel(model.foundationModel())
        .region(region)
        .account(account)
        .weight(weight == null ? 1 : weight)
        .limits(limits)
        .traits(model.traits())
        .attributes(attributes)
        .build();
  }

  private static Target renamed(Target target, String name, int weight, Limits limits) {
    return Target.builder(name)
        .model(target.model())
        .foundationModel(target.foundationModel())
        .region(target.region())
        .account(target.account())
        .weight(weight)
        .limits(limits)
        .traits(target.traits())
        .attributes(target.attributes())
        .build();
  }
}
