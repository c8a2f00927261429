package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.Capability;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of Bedrock's models whoever asks: how their output counts against quotas, how much
 * they take, and what they cannot be sent. Data of a date, overridden by what the application says.
 * Immutable.
 */
public final class ModelCatalogue {

  private static final String FILE = "models.csv";
  private static final ModelCatalogue BUNDLED = of(DataTable.bundled(FILE));

  /**
   * A model.
   *
   * @param burndown tokens of quota that one token of output takes
   * @param contextWindow tokens, or 0 when unknown
   * @param maxOutput tokens of the longest answer, which Bedrock reserves when a request says none;
   *     0 when unknown
   * @param lacks what it certainly cannot do
   */
  public record Facts(int burndown, long contextWindow, int maxOutput, Set<Capability> lacks) {

    public Facts {
      lacks = Set.copyOf(lacks);
    }

    /** All but what it lacks. */
    public Set<Capability> capabilities() {
      Set<Capability> all = EnumSet.allOf(Capability.class);
      all.removeAll(lacks);
      return all;
    }
  }

  private final String source;
  private final Map<String, Facts> models;

  private ModelCatalogue(String source, Map<String, Facts> models) {
    this.source = source;
    this.models = Map.copyOf(models);
  }

  /** The catalogue of this library. */
  public static ModelCatalogue bundled() {
    return BUNDLED;
  }

  private static ModelCatalogue of(DataTable table) {
    Map<String, Facts> models = new HashMap<>();
    table.requireColumns("model", "burndown", "context", "output", "lacks");
    for (DataTable.Row row : table.rows()) {
      models.put(
          row.text("model"),
          new Facts(
              (int) row.number("burndown", 1),
              (long) row.number("context", 0),
              (int) row.number("output", 0),
              lacks(row)));
    }
    return new ModelCatalogue(table.source(), models);
  }

  private static Set<Capability> lacks(DataTable.Row row) {
    Set<Capability> lacks = EnumSet.noneOf(Capability.class);
    for (String name : row.text("lacks").split(" ", -1)) {
      if (!name.isEmpty()) {
        lacks.add(Capability.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
      }
    }
    return lacks;
  }

  /** Where the facts are from. */
  public String source() {
    return source;
  }

  /** Ids of the foundation models that are known. */
  public Set<String> names() {
    return models.keySet();
  }

  /** Of this id or ARN of a model or inference profile; empty if the model is not known. */
  public Optional<Facts> of(String id) {
    return Optional.ofNullable(models.get(FoundationModels.of(id)));
  }
}
