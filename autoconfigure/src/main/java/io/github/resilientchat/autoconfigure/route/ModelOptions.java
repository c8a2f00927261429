package io.github.resilientchat.autoconfigure.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Options of requests that do not say them themselves, those that Bedrock takes of every model. A
 * target's come before its model's, those before the route's, and those before the ones of all
 * routes.
 *
 * @param temperature How freely words are chosen; left to the model when not set.
 * @param topP Share of the likeliest words that are chosen from; left to the model when not set.
 * @param maxTokens Longest answer; left to the model when not set.
 * @param stopSequences Texts that end an answer; none when not set.
 */
public record ModelOptions(
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer maxTokens,
    @Nullable List<String> stopSequences) {

  /** Nothing said. */
  public static final ModelOptions NONE = new ModelOptions(null, null, null, null);

  /** These, and where they say nothing the others. */
  public ModelOptions over(ModelOptions others) {
    return new ModelOptions(
        first(temperature, others.temperature),
        first(topP, others.topP),
        first(maxTokens, others.maxTokens),
        first(stopSequences, others.stopSequences));
  }

  private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
    return one == null ? other : one;
  }

  /** What is said, by the names of properties. */
  Map<String, Object> said() {
    Map<String, Object> said = new LinkedHashMap<>();
    put(said, "temperature", temperature);
    put(said, "top-p", topP);
    put(said, "max-tokens", maxTokens);
    put(said, "stop-sequences", stopSequences);
    return said;
  }

  private static void put(Map<String, Object> said, String name, @Nullable Object value) {
    if (value != null) {
      said.put("options." + name, value);
    }
  }
}
