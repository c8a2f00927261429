package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.quota.LimitText;
import io.github.resilientchat.autoconfigure.route.ModelReader.Model;
import io.github.resilientchat.bedrock.FoundationModels;
import io.github.resilientchat.bedrock.ModelRegions;
import io.github.resilientchat.bedrock.QuotaKey;
import io.github.resilientchat.bedrock.RequestShape;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
  private final QuotaShares shares;
  private final ModelOptions defaults;

  TargetReader(
      RoutesProperties tree,
      AccountNames accounts,
      Map<String, String> attributes,
      Problems problems) {
    this.models =
        new ModelReader(tree.models(), PriceBookReader.read(tree.prices(), problems), problems);
    this.shares = new QuotaShares(accounts);
    this.defaults = tree.defaults().options();
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

  /**
   * A target's model through each of the families, in this order, as targets of their own. Limits
   * are those of the way that the target's own id says.
   */
  List<Entry> through(
      List<QuotaKey.Family> families, String key, String text, Entry entry, Set<String> names) {
    Target target = entry.target();
    if (ProviderBeans.isMeant(target)) {
      return List.of(entry);
    }
    QuotaKey.Family own = QuotaKey.of(target.model(), target.region(), "").family();
    List<Entry> all = new ArrayList<>();
    for (QuotaKey.Family family : families) {
      if (family == own) {
        all.add(entry);
        continue;
      }
      String id =
          FoundationModels.through(target.model(), family)
              .orElseThrow(
                  () ->
                      new InvalidConfigurationException(
                          key,
                          text,
                          "the id "
                              + target.model()
                              + " does not tell its "
                              + TargetText.words(Set.of(family))
                              + " form, which families ask for",
                          "write the id of the geography's profile, such as us.<model id>, or leave"
                              + " the family out"));
      ModelRegions.objection(id, target.region())
          .ifPresent(
              objection -> {
                throw new InvalidConfigurationException(
                    key,
                    text,
                    "the model " + id + " cannot be called there: " + objection,
                    "leave that family out");
              });
      Model model = models.of(id);
      String name = id + "@" + target.region() + "/" + target.account();
      if (names.add(name)) {
        Target way =
            target(name, model, target.region(), target.account(), target.weight(), Limits.NONE);
        all.add(
            new Entry(
                renamed(way, name, target.weight(), Limits.NONE),
                entry.tier(),
                true,
                entry.settings(),
                entry.sources()));
      }
    }
    return all;
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
    if (written.ref().startsWith(ProviderBeans.PREFIX)) {
      return Optional.of(bean(key, written));
    }
    Optional<Model> model = part(() -> models.model(key, text, written.ref(), properties.keySet()));
    Optional<String> region = part(() -> places.region(key, text, written.region()));
    Optional<String> account = part(() -> places.account(key, text, written.account()));
    if (model.isEmpty() || region.isEmpty() || account.isEmpty()) {
      return Optional.empty();
    }
    Model known = model.get().at(region.get(), account.get());
    requireCallable(key, text, known, region.get());
    String name = written.ref() + "@" + region.get() + "/" + account.get();
    Target target =
        target(name, known, region.get(), account.get(), written.weight(), written.limits());
    return Optional.of(
        new Entry(target, 1, true, known.settings(), sources.of(key, written, known)));
  }

  /** Another provider's model: nothing is known of it but its name. */
  private Entry bean(String key, TargetText written) {
    Target target =
        Target.builder(written.ref())
            .weight(written.weight() == null ? 1 : written.weight())
            .limits(written.limits())
            .attributes(attributes)
            .build();
    return new Entry(target, 1, true, TargetSettings.DEFAULTS, sources.of(key, written, null));
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

  private Target with(Target target, TargetText written) {
    return renamed(
        target,
        target.name(),
        written.weight() == null ? target.weight() : written.weight(),
        written.limits().isEmpty() ? target.limits() : written.limits());
  }

  /** Limits written in a route are that route's alone, so its target gets a name of its own. */
  private Entry unique(
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
    // A named target's limits are its quota's; those that a route writes are its own.
    target =
        written.limits().isEmpty() && !target.limits().isEmpty()
            ? drawingOnItsQuota(target)
            : target;
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
    Model known = model.get().at(region.get(), account.get());
    requireCallable(key + ".model", own.model(), known, region.get());
    Optional<RequestShape> shape =
        part(() -> ShapeReader.read(key, own, known.traits().capabilities()));
    if (own.enabled()) {
      String quota = shares.key(known.id(), region.get(), account.get());
      shares.note(key + ".limits", name, quota, limits.get());
    }
    TargetSettings settings = known.settings().under(own.options());
    warnOfReservations(key, settings, limits.get());
    Target target = target(name, known, region.get(), account.get(), weight.get(), limits.get());
    return shape.map(
        requests ->
            new Entry(
                target,
                own.tier(),
                own.enabled(),
                settings.shapedBy(requests),
                sources.of(key, own, known)));
  }

  /** Bedrock reserves what an answer may have at most, whatever it has in the end. */
  private void warnOfReservations(String key, TargetSettings settings, Limits limits) {
    boolean tokens =
        limits.all().stream().anyMatch(limit -> limit.unit().measure() == Limit.Measure.TOKENS);
    if (tokens && settings.options().over(defaults).maxTokens() == null) {
      problems.doubt(
          key + ".limits",
          limits.toString(),
          "counts tokens, and requests that set no limit reserve the longest answer that the model"
              + " can give",
          "set max-tokens under resilient.models.<name>, which is then sent with requests that say"
              + " none");
    }
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
        .quotaKey(shares.key(model.id(), region, account))
        .build();
  }

  private static Target drawingOnItsQuota(Target target) {
    return target.toBuilder()
        .limitsKey(target.quotaKey())
        .shared(
            target.shared().stream()
                .filter(shared -> !shared.key().equals(target.quotaKey()))
                .toList())
        .build();
  }

  /** As a route uses it: every named target is read by now, and with it what they share. */
  private Target renamed(Target target, String name, int weight, Limits limits) {
    return Target.builder(name)
        .model(target.model())
        .foundationModel(target.foundationModel())
        .region(target.region())
        .account(target.account())
        .weight(weight)
        .limits(limits)
        .traits(target.traits())
        .attributes(target.attributes())
        .quotaKey(target.quotaKey())
        .shared(shares.of(target.quotaKey(), target.region(), target.account()))
        .build();
  }
}
