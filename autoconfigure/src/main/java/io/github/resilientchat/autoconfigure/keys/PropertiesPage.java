package io.github.resilientchat.autoconfigure.keys;

import java.util.Set;
import java.util.stream.Collectors;

/** The page that lists every property, a section for each group of them. */
final class PropertiesPage {

  static final String PATH = "docs/properties.md";

  private PropertiesPage() {}

  /** Where the groups of these keys are listed, the page alone when they are of several. */
  static String of(Set<String> keys) {
    Set<String> groups =
        keys.stream()
            .map(key -> key.split("\\."))
            .map(elements -> elements.length > 2 ? elements[1] : "top")
            .collect(Collectors.toSet());
    return groups.size() == 1 ? PATH + "#" + groups.iterator().next() : PATH;
  }
}
