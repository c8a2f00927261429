package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.route.ModelReader.Model;
import io.github.resilientchat.bedrock.FoundationModels;
import io.github.resilientchat.bedrock.ModelCatalogue;
import io.github.resilientchat.bedrock.PriceBook;
import io.github.resilientchat.bedrock.RequestShape;
import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.route.Target;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a model: what its properties say, then the catalogue and the price book. */
final class ModelFacts {

  /** What is known of a model that nobody knows. */
  private static final ModelCatalogue.Facts NOTHING = new ModelCatalogue.Facts(1, 0, 0, Set.of());

  /**
   * Of these a list of capabilities says all; the others every model has, but for what it lacks.
   */
  private static final Set<Capability> LISTED =
      EnumSet.complementOf(
          EnumSet.of(Capability.SYSTEM_PROMPTS, Capability.GUARDRAIL, Capability.REASONING_BUDGET));

  private final ModelCatalogue catalogue = ModelCatalogue.bundled();
  private final PriceBook prices;

  ModelFacts(PriceBook prices) {
    this.prices = prices;
  }

  /** A model of which only the id is known. */
  Model of(String id) {
    ModelCatalogue.Facts facts = catalogue.of(id).orElse(NOTHING);
    Target.Traits traits =
        new Target.Traits(
            facts.contextWindow(),
            capabilities(null, null, facts),
            facts.burndown(),
            prices.of(id).orElse(null));
    return new Model(
        null,
        id,
        FoundationModels.of(id),
        TargetSettings.DEFAULTS.shapedBy(RequestShape.forCapabilities(traits.capabilities())),
        traits,
        ModelIds.of(id));
  }

  /**
   * A model that properties describe.
   *
   * @param key of the properties
   * @param ownPrices that they say, or null
   */
  Model of(
      String key,
      String id,
      String foundationModel,
      ModelProperties own,
      @Nullable Prices ownPrices) {
    ModelCatalogue.Facts facts = catalogue.of(foundationModel).orElse(NOTHING);
    Target.Traits traits =
        new Target.Traits(
            own.contextWindow() == null ? facts.contextWindow() : own.contextWindow(),
            capabilities(own.capabilities(), own.lacks(), facts),
            own.outputBurndown() == null ? facts.burndown() : own.outputBurndown(),
            ownPrices == null ? prices.of(id, foundationModel).orElse(null) : ownPrices);
    TargetSettings settings =
        new TargetSettings(
            ModelReader.options(own),
            own.thinking(),
            RequestShape.forCapabilities(traits.capabilities()));
    return new Model(key, id, foundationModel, settings, traits, own.ids(id));
  }

  /** The model of a target, called by another id. */
  Model through(String id, Target target, TargetSettings settings) {
    Target.Traits traits = target.traits();
    return new Model(
        null,
        id,
        target.foundationModel(),
        settings,
        new Target.Traits(
            traits.contextWindow(),
            traits.capabilities(),
            traits.outputBurndown(),
            pricesThrough(id, target)),
        ModelIds.of(id));
  }

  /** The book has them for each way; what properties say is said of the model, whatever the way. */
  private @Nullable Prices pricesThrough(String id, Target target) {
    Prices known = target.traits().prices();
    String model = target.foundationModel();
    return Objects.equals(known, prices.of(target.model(), model).orElse(null))
        ? prices.of(id, model).orElse(known)
        : known;
  }

  /** Null for everything. */
  private static @Nullable Set<Capability> capabilities(
      @Nullable Set<Capability> listed,
      @Nullable Set<Capability> lacks,
      ModelCatalogue.Facts facts) {
    Set<Capability> all = EnumSet.allOf(Capability.class);
    if (listed != null) {
      all.removeAll(LISTED);
      all.addAll(listed);
    }
    all.removeAll(lacks != null ? lacks : listed != null ? Set.of() : facts.lacks());
    return all.size() == Capability.values().length ? null : all;
  }
}
