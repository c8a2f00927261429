package io.github.resilientchat.autoconfigure;

import java.util.List;

/** Which properties there are, by their metadata. */
public final class PropertyNames {

  private PropertyNames() {}

  /** What follows this path in the names of properties. */
  public static List<String> below(String path) {
    return DescribedKey.all().keySet().stream()
        .filter(key -> key.startsWith(path))
        .map(key -> key.substring(path.length()))
        .toList();
  }
}
