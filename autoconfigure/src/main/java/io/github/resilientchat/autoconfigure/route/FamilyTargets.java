package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.route.TargetReader.Entry;
import io.github.resilientchat.bedrock.FoundationModels;
import io.github.resilientchat.bedrock.ModelRegions;
import io.github.resilientchat.bedrock.QuotaKey;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes targets of the other ways to call a target's model, each with a quota of its own. */
final class FamilyTargets {

  private final ModelReader models;
  private final TargetMaker maker;
  private final String key;
  private final String text;

  /**
   * @param key of the list
   * @param text that stands in it
   */
  FamilyTargets(ModelReader models, TargetMaker maker, String key, String text) {
    this.models = models;
    this.maker = maker;
    this.key = key;
    this.text = text;
  }

  /**
   * A target's model through each of the families, in this order. Limits are those of the way that
   * the target's own id says; another provider's model has one way alone.
   *
   * @param names of targets that the route has used
   */
  List<Entry> of(Entry entry, List<QuotaKey.Family> families, Set<String> names) {
    Target target = entry.target();
    if (ProviderBeans.isMeant(target)) {
      return List.of(entry);
    }
    QuotaKey.Family own = QuotaKey.of(target.model(), target.region(), "").family();
    List<Entry> all = new ArrayList<>();
    for (QuotaKey.Family family : families) {
      if (family == own) {
        all.add(entry);
      } else {
        other(entry, id(target, family), names).ifPresent(all::add);
      }
    }
    return all;
  }

  private String id(Target target, QuotaKey.Family family) {
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
    return id;
  }

  /** Empty when the route has it already. */
  private Optional<Entry> other(Entry entry, String id, Set<String> names) {
    Target target = entry.target();
    String name = id + "@" + target.region() + "/" + target.account();
    if (!names.add(name)) {
      return Optional.empty();
    }
    Target way =
        maker.of(
            name,
            models.through(id, target, entry.settings()),
            target.region(),
            target.account(),
            target.weight(),
            Limits.NONE);
    return Optional.of(
        new Entry(
            maker.renamed(way, name, target.weight(), Limits.NONE),
            entry.tier(),
            true,
            entry.settings(),
            entry.sources()));
  }
}
