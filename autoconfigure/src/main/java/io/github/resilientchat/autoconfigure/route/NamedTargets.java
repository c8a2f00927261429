package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.quota.LimitText;
import io.github.resilientchat.autoconfigure.route.ModelReader.Model;
import io.github.resilientchat.autoconfigure.route.TargetReader.Entry;
import io.github.resilientchat.bedrock.RequestShape;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the targets that have names, and so are shared by all routes. */
final class NamedTargets {

  private final ModelReader models;
  private final PlaceReader places;
  private final TargetMaker maker;
  private final TargetSources sources;
  private final LongestAnswers longest;
  private final Problems problems;
  private final Map<String, TargetProperties> properties;
  private final Map<String, Entry> read = new HashMap<>();
  private final UnusedNames unused;

  NamedTargets(
      Map<String, TargetProperties> properties,
      ModelReader models,
      PlaceReader places,
      TargetMaker maker,
      TargetSources sources,
      LongestAnswers longest,
      Problems problems) {
    this.properties = properties;
    this.models = models;
    this.places = places;
    this.maker = maker;
    this.sources = sources;
    this.longest = longest;
    this.problems = problems;
    this.unused =
        new UnusedNames("targets", "remove it, or list it in a route", properties.keySet());
    properties.forEach(
        (name, target) ->
            problems
                .collect(() -> read(name, target))
                .flatMap(entry -> entry)
                .ifPresent(entry -> read.put(name, entry)));
  }

  Set<String> names() {
    return properties.keySet();
  }

  UnusedNames unused() {
    return unused;
  }

  /**
   * As a route lists it; empty when it has a problem that was reported already.
   *
   * @param key of the list
   * @param text that stands in it
   */
  Optional<Entry> as(String key, String text, String route, TargetText written) {
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
    return Optional.ofNullable(read.get(written.ref()))
        .map(entry -> as(key, text, route, written, entry));
  }

  private Entry as(String key, String text, String route, TargetText written, Entry entry) {
    Limits own = entry.target().limits();
    String ownKey = "resilient.targets." + written.ref() + ".limits";
    longest.warn(ownKey, own.toString(), route, entry.settings(), own);
    longest.warn(key, text, route, entry.settings(), written.limits());
    return new Entry(
        with(entry.target(), written),
        entry.tier(),
        entry.enabled(),
        entry.settings(),
        TargetSources.over(entry.sources(), key, written));
  }

  private Target with(Target target, TargetText written) {
    return maker.renamed(
        target,
        target.name(),
        written.weight() == null ? target.weight() : written.weight(),
        written.limits().isEmpty() ? target.limits() : written.limits());
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

  private Optional<Entry> read(String name, TargetProperties own) {
    String key = "resilient.targets." + name;
    Optional<Model> model = problems.part(() -> model(key + ".model", own.model()));
    Optional<String> region =
        problems.part(() -> places.region(key + ".region", own.region(), own.region()));
    Optional<String> account =
        problems.part(() -> places.account(key + ".account", own.account(), own.account()));
    Optional<Limits> limits =
        problems.part(() -> LimitText.ofTarget(key + ".limits", String.join(", ", own.limits())));
    Optional<Integer> weight = problems.part(() -> weight(key + ".weight", own.weight()));
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
    Model known =
        TargetReader.at(
            key + ".model", own.model(), model.get(), region.get(), account.get(), problems);
    Optional<RequestShape> shape =
        problems.part(() -> ShapeReader.read(key, own, known.traits().capabilities()));
    if (own.enabled()) {
      String quota = maker.shares().key(known.id(), region.get(), account.get());
      maker.shares().note(key + ".limits", name, quota, limits.get());
    }
    TargetSettings settings = known.settings().under(own.options());
    Target target = maker.of(name, known, region.get(), account.get(), weight.get(), limits.get());
    return shape.map(
        requests ->
            new Entry(
                target,
                own.tier(),
                own.enabled(),
                settings.shapedBy(requests),
                sources.of(key, own, known)));
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
}
