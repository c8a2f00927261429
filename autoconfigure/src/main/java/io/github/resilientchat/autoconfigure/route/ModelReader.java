package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Nearest;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.bedrock.FoundationModels;
import io.github.resilientchat.bedrock.PriceBook;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.route.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads models, by name or as a bare id. */
final class ModelReader {

  /**
   * A model as targets use it.
   *
   * @param key of its properties, or null of one of which only the id is known
   * @param foundationModel that answers in the end
   */
  record Model(
      @Nullable String key,
      String id,
      String foundationModel,
      TargetSettings settings,
      Target.Traits traits,
      ModelIds ids) {

    /** The same at a place, where it may be called by another id. */
    Model at(String region, String account) {
      String there = ids.at(region, account);
      return there.equals(id)
          ? this
          : new Model(key, there, foundationModel, settings, traits, ids);
    }
  }

  private final Map<String, Model> models = new HashMap<>();
  private final Set<String> names;
  private final UnusedNames unused;
  private final ModelFacts facts;
  private final Set<String> accounts;

  /**
   * @param accounts that are configured
   */
  ModelReader(
      Map<String, ModelProperties> properties,
      PriceBook prices,
      Set<String> accounts,
      Problems problems) {
    this.accounts = accounts;
    this.facts = new ModelFacts(prices);
    names = new TreeSet<>(properties.keySet());
    unused = new UnusedNames("models", "remove it, or name it in a target", names);
    properties.forEach(
        (name, model) ->
            read("resilient.models." + name, model, problems)
                .ifPresent(read -> models.put(name, read)));
  }

  Set<String> names() {
    return names;
  }

  UnusedNames unused() {
    return unused;
  }

  /**
   * The model of this name or id; null when its own problem was reported already.
   *
   * @param key property that holds the text
   */
  @Nullable Model model(String key, String text, String ref, Set<String> otherNames) {
    if (names.contains(ref)) {
      unused.use(ref);
      return models.get(ref);
    }
    // Every id of a Bedrock model or inference profile has a provider, and so a dot.
    if (ref.contains(".") && !ref.startsWith("arn:")) {
      return facts.of(ref);
    }
    Set<String> candidates = new TreeSet<>(names);
    candidates.addAll(otherNames);
    throw new InvalidConfigurationException(
        key,
        text,
        "'" + ref + "' is neither the name of a model" + orTarget(otherNames) + " nor a model id",
        Nearest.hint(ref, candidates));
  }

  /** The model of a target, called by another id; what its properties say holds there, too. */
  Model through(String id, Target target, TargetSettings settings) {
    return facts.through(id, target, settings);
  }

  private static String orTarget(Set<String> targets) {
    return targets.isEmpty() ? "" : " or target";
  }

  /** Every part is read, whatever is wrong with the others; empty when one is. */
  private Optional<Model> read(String key, ModelProperties properties, Problems problems) {
    Optional<String> id = problems.collect(() -> id(key + ".id", properties.id()));
    boolean numbers =
        OptionsCheck.check(key, properties.options(), problems)
            & isOneMaximum(key, properties, problems)
            & OptionsCheck.atLeastOne(key + ".max-tokens", properties.maxTokens(), problems)
            & OptionsCheck.atLeastOne(key + ".context-window", properties.contextWindow(), problems)
            & OptionsCheck.atLeastOne(
                key + ".output-burndown", properties.outputBurndown(), problems);
    Optional<Optional<Prices>> prices =
        problems.collect(() -> Optional.ofNullable(prices(key, properties)));
    Optional<String> foundation =
        id.flatMap(
            known ->
                problems.collect(() -> foundationModel(key, known, properties.foundationModel())));
    id.ifPresent(known -> properties.ids(known).check(key, accounts, problems));
    if (!numbers || prices.isEmpty() || foundation.isEmpty()) {
      return Optional.empty();
    }
    return id.map(
        known -> facts.of(key, known, foundation.get(), properties, prices.get().orElse(null)));
  }

  /** What a model's properties say of its requests, wherever they say it. */
  static ModelOptions options(ModelProperties properties) {
    return properties.options().over(new ModelOptions(null, null, properties.maxTokens(), null));
  }

  private static boolean isOneMaximum(String key, ModelProperties properties, Problems problems) {
    Integer other = properties.options().maxTokens();
    if (properties.maxTokens() == null || other == null) {
      return true;
    }
    problems.add(
        key + ".options.max-tokens",
        other.toString(),
        "says the same as " + key + ".max-tokens=" + properties.maxTokens(),
        "write one of them");
    return false;
  }

  private static String id(String key, @Nullable String id) {
    if (id == null || id.isBlank()) {
      throw new InvalidConfigurationException(
          key, id, "is missing", "set it to a model id, inference-profile id or ARN");
    }
    return id.strip();
  }

  /** The model behind the id, its own word first; a profile's id stands for its model. */
  private static String foundationModel(String key, String id, @Nullable String own) {
    if (own == null) {
      return FoundationModels.of(id);
    }
    if (!own.contains(".")) {
      throw new InvalidConfigurationException(
          key + ".foundation-model",
          own,
          "is no model id",
          "write the id of the model behind " + id + ", such as anthropic.claude-sonnet-4-6");
    }
    return FoundationModels.of(own.strip());
  }

  private static @Nullable Prices prices(String key, ModelProperties properties) {
    Double input = properties.inputPrice();
    Double output = properties.outputPrice();
    requirePrice(key + ".input-price", input);
    requirePrice(key + ".output-price", output);
    Double read = properties.cacheReadPrice();
    Double write = properties.cacheWritePrice();
    requirePrice(key + ".cache-read-price", read);
    requirePrice(key + ".cache-write-price", write);
    Double hour = properties.cacheWriteHourPrice();
    requirePrice(key + ".cache-write-hour-price", hour);
    if (Stream.of(input, output, read, write, hour).allMatch(Objects::isNull)) {
      return null;
    }
    if (input == null || output == null) {
      throw new InvalidConfigurationException(
          key + (input == null ? ".input-price" : ".output-price"),
          null,
          "is missing, though another price is set",
          "set both in US dollars per million tokens, or none");
    }
    Prices usual = new Prices(input, output);
    Prices own =
        new Prices(
            input, output, orElse(read, usual.cacheRead()), orElse(write, usual.cacheWrite()));
    return hour == null ? own : own.withCacheWriteHour(hour);
  }

  private static void requirePrice(String key, @Nullable Double price) {
    if (price != null && !(price >= 0 && Double.isFinite(price))) {
      throw new InvalidConfigurationException(
          key,
          price.toString(),
          "must not be negative",
          "write US dollars per million tokens, such as 3.30");
    }
  }

  private static <T> T orElse(@Nullable T value, T other) {
    return value == null ? other : value;
  }
}
