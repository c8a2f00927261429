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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads targets: named ones, shared by all routes, and those written where a route lists them. */
final class TargetReader {

  /**
   * A target as one route uses it.
   *
   * @param sources where its model, Region, account, weight and limits come from
   */
  record Entry(
      Target target,
      int tier,
      boolean enabled,
      TargetSettings settings,
      Map<String, String> sources) {}

  private final ModelReader models;
  private final PlaceReader places;
  private final Map<String, String> attributes;
  private final Map<String, TargetProperties> properties;
  private final Map<String, Entry> named = new HashMap<>();
  private final UnusedNames unused;
  private final TargetSources sources;
  private final Problems problems;

  TargetReader(
      RoutesProperties tree,
      AccountNames accounts,
      Map<String, String> attributes,
      Problems problems) {
    this.models = new ModelReader(tree.models(), problems);
    this.places = new PlaceReader(tree.defaults(), accounts);
    places.checkDefaults(problems);
    this.sources = new TargetSources(tree.defaults());
    this.problems = problems;
    this.attributes = attributes;
    this.properties = tree.targets();
    this.unused =
        new UnusedNames("targets", "remove it, or list it in a route", properties.keySet());
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

  /** Adds names of targets, models and accounts that no route comes to. */
  void reportUnused(Problems problems) {
    unused.report(problems);
    models.unused().report(problems);
    places.accounts().report(problems);
  }

  /** Accounts that targets use. */
  Set<String> accountsInUse() {
    return places.accounts().used();
  }

  private Optional<Entry> inline(String key, String text, TargetText written) {
    Optional<Model> model = part(() -> models.model(key, text, written.ref(), properties.keySet()));
    Optional<String> region = part(() -> places.region(key, text, written.region()));
    Optional<String> account = part(() -> places.account(key, text, written.account()));
    if (model.isEmpty() || region.isEmpty() || account.isEmpty()) {
      return Optional.empty();
    }
    Model known = model.get();
    requireCallable(key, text, known, region.get());
    String name = written.ref() + "@" + region.get() + "/" + account.get();
    Target target =
        target(name, known, region.get(), account.get(), written.weight(), written.limits());
    return Optional.of(
        new Entry(target, 1, true, known.settings(), sources.of(key, written, known)));
  }

  /** Empty when it cannot be read or what it refers to could not be; the others are read on. */
  private <T> Optional<T> part(Supplier<@Nullable T> reading) {
    return problems.collect(() -> Optional.ofNullable(reading.get())).flatMap(read -> read);
  }

  private Optional<Entry> namedAs(String key, String text, TargetText written) {
    TargetProperties own = properties.get(written.ref());
    if (own == null) {
      return Optional.empty();
    }
    unused.use(written.ref());
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
                    entry.settings(),
                    TargetSources.over(entry.sources(), key, written)));
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
    return new Entry(target, entry.tier(), entry.enabled(), entry.settings(), entry.sources());
  }

  private Optional<Entry> readNamed(String name, TargetProperties own) {
    String key = "resilient.targets." + name;
    Optional<Model> model = part(() -> model(key + ".model", own.model()));
    Optional<String> region =
        part(() -> places.region(key + ".region", own.region(), own.region()));
    Optional<String> account =
        part(() -> places.account(key + ".account", own.account(), own.account()));
    Optional<Limits> limits =
        part(() -> LimitText.ofTarget(key + ".limits", String.join(", ", own.limits())));
    Optional<Integer> weight = part(() -> weight(key + ".weight", own.weight()));
    if (own.tier() < 1) {
      problems.add(
          key + ".tier", String.valueOf(own.tier()), "must be at least 1", "count tiers from 1");
    }
    boolean options = OptionsCheck.check(key, own.options(), problems);
    if (!options
        || model.isEmpty()
        || region.isEmpty()
        || account.isEmpty()
        || limits.isEmpty()
        || weight.isEmpty()) {
      return Optional.empty();
    }
    requireCallable(key + ".model", own.model(), model.get(), region.get());
    Target target =
        target(name, model.get(), region.get(), account.get(), weight.get(), limits.get());
    TargetSettings ofModel = model.get().settings();
    TargetSettings settings =
        new TargetSettings(own.options().over(ofModel.options()), ofModel.thinking());
    return Optional.of(
        new Entry(target, own.tier(), own.enabled(), settings, sources.of(key, own, model.get())));
  }

  private @Nullable Model model(String key, @Nullable String ref) {
    if (ref == null || ref.isBlank()) {
      throw new InvalidConfigurationException(
          key, ref, "is missing", "set it to the name of a model or to a model id");
    }
    return models.model(key, ref, ref, Set.of());
  }

  private static int weight(String key, @Nullable Integer weight) {
    return weight == null ? 1 : TargetText.weight(key, weight.toString(), weight);
  }

  private static void requireCallable(
      String key, @Nullable String text, Model model, String region) {
    ModelRegions.objection(model.id(), region)
        .ifPresent(
            objection -> {
              throw new InvalidConfigurationException(
                  key,
                  text,
                  "the model " + model.id() + " cannot be called there: " + objection,
                  "write a Region that fits the model, or the id that the model has in " + region);
            });
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
