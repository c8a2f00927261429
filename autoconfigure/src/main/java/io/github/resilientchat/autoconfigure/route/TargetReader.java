package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.route.ModelReader.Model;
import io.github.resilientchat.bedrock.ModelRegions;
import io.github.resilientchat.bedrock.QuotaKey;
import io.github.resilientchat.core.route.SharedLimits;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final NamedTargets named;
  private final TargetMaker maker;
  private final TargetSources sources;
  private final LongestAnswers longest;
  private final Problems problems;

  TargetReader(
      RoutesProperties tree,
      AccountNames accounts,
      Map<String, String> attributes,
      Problems problems) {
    this.models =
        new ModelReader(
            tree.models(), PriceBookReader.read(tree.prices(), problems), accounts.all(), problems);
    this.places = new PlaceReader(tree.defaults(), accounts);
    places.checkDefaults(problems);
    this.maker = new TargetMaker(new QuotaShares(accounts), attributes);
    this.sources = new TargetSources(tree.defaults());
    this.longest = new LongestAnswers(tree, problems);
    this.problems = problems;
    this.named =
        new NamedTargets(tree.targets(), models, places, maker, sources, longest, problems);
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
        named.names().contains(written.ref())
            ? named.as(key, text, route, written)
            : inline(key, text, route, written);
    return entry.map(each -> unique(key, text, each, written, route, names));
  }

  /** A target's model through each of the families, as targets of their own. */
  List<Entry> through(
      List<QuotaKey.Family> families, String key, String text, Entry entry, Set<String> names) {
    return new FamilyTargets(models, maker, key, text).of(entry, families, names);
  }

  /** Adds names of targets, models and accounts that no route comes to. */
  void reportUnused(Problems problems) {
    named.unused().report(problems);
    models.unused().report(problems);
    places.accounts().report(problems);
  }

  /** Accounts that targets use. */
  Set<String> accountsInUse() {
    return places.accounts().used();
  }

  /** The group of properties that says what limits a target shares with others. */
  String source(Target target, SharedLimits shared) {
    return maker.shares().source(target, shared);
  }

  private Optional<Entry> inline(String key, String text, String route, TargetText written) {
    if (written.ref().startsWith(ProviderBeans.PREFIX)) {
      return Optional.of(
          new Entry(
              maker.ofBean(written),
              1,
              true,
              TargetSettings.DEFAULTS,
              sources.of(key, written, null)));
    }
    Optional<Model> model =
        problems.part(() -> models.model(key, text, written.ref(), named.names()));
    Optional<String> region = problems.part(() -> places.region(key, text, written.region()));
    Optional<String> account = problems.part(() -> places.account(key, text, written.account()));
    if (model.isEmpty() || region.isEmpty() || account.isEmpty()) {
      return Optional.empty();
    }
    Model known = at(key, text, model.get(), region.get(), account.get(), problems);
    longest.warn(key, text, route, known.settings(), written.limits());
    String name = written.ref() + "@" + region.get() + "/" + account.get();
    Target target =
        maker.of(name, known, region.get(), account.get(), written.weight(), written.limits());
    return Optional.of(
        new Entry(target, 1, true, known.settings(), sources.of(key, written, known)));
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
    Target target =
        maker.renamed(entry.target(), name, entry.target().weight(), entry.target().limits());
    // A named target's limits are its quota's; those that a route writes are its own.
    target =
        written.limits().isEmpty() && !target.limits().isEmpty()
            ? TargetMaker.drawingOnItsQuota(target)
            : target;
    return new Entry(target, entry.tier(), entry.enabled(), entry.settings(), entry.sources());
  }

  /** The model as it is called in a place, where it must be callable. */
  static Model at(
      String key,
      @Nullable String text,
      Model model,
      String region,
      String account,
      Problems problems) {
    if (model.ids().leavesOut(region, account)) {
      problems.doubt(
          key,
          text,
          "has no id of its own in " + region + ", though other Regions of the account have one",
          "set " + model.key() + ".ids." + account + "." + region.replace("-", ""));
    }
    Model there = model.at(region, account);
    requireCallable(key, text, there, region);
    return there;
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
}
