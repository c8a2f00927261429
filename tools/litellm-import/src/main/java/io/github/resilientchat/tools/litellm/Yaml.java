package io.github.resilientchat.tools.litellm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Parts of a YAML document, read as what they should be; what is something else counts as absent.
 */
final class Yaml {

  private Yaml() {}

  /**
   * Reads a document; types of its own are never made.
   *
   * @throws IllegalArgumentException if it is no map
   */
  static Map<String, Object> document(String text) {
    Object read = new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    if (!(read instanceof Map<?, ?>)) {
      throw new IllegalArgumentException("this is no LiteLLM configuration: no map of settings");
    }
    return map(read);
  }

  static Map<String, Object> map(@Nullable Object value) {
    Map<String, Object> map = new TreeMap<>();
    if (value instanceof Map<?, ?> read) {
      read.forEach(
          (key, each) -> {
            if (each != null) {
              map.put(String.valueOf(key), each);
            }
          });
    }
    return map;
  }

  static List<Object> list(@Nullable Object value) {
    return value instanceof List<?> read ? new ArrayList<>(read) : List.of();
  }

  static @Nullable String text(@Nullable Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean
        ? value.toString()
        : null;
  }
}
