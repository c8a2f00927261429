package io.github.resilientchat.autoconfigure.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says of keys that nothing reads what they may have been meant to be. */
final class UnknownKeys {

  private final KnownKeys known;
  private final Problems problems;

  UnknownKeys(KnownKeys known, Problems problems) {
    this.known = known;
    this.problems = problems;
  }

  /**
   * Adds the problem.
   *
   * @param path of the key below {@code resilient}, in dots and without dashes
   * @param typed the same as it was written
   */
  void report(String key, String path, String typed, String value) {
    if (PlannedKeys.contains(path)) {
      problems.add(key, value, "is not supported by this version", "remove the property");
      return;
    }
    if (path.startsWith("console.") && !known.tree().children().containsKey("console")) {
      problems.add(
          key,
          value,
          "configures the live page, which is not on the class path",
          "add the dependency io.github.resilientchat:resilient-console, or remove the property");
      return;
    }
    Optional<String> nearest =
        Nearest.to(typed, candidates(typed)).map(candidate -> "resilient." + candidate);
    problems.addUnknown(
        key,
        "is not a known property",
        nearest
            .map(candidate -> "did you mean '" + candidate + "'?")
            .orElse("remove it, or look it up in " + PropertiesPage.PATH));
    // That the one that was meant is missing, or that its group is empty, is no news then.
    nearest.ifPresent(problems::explain);
    nearest.ifPresent(
        meant -> problems.explain(meant.replaceFirst("^(resilient\\.[^.]+).*", "$1")));
  }

  /** Every leaf, with the names that were typed in place of the names that a user chooses. */
  private List<String> candidates(String typed) {
    String[] elements = typed.split("\\.");
    return known.leaves().stream()
        .map(
            path -> {
              List<String> spelled = new ArrayList<>(path);
              for (int i = 0; i < spelled.size(); i++) {
                if (spelled.get(i).equals("*")) {
                  spelled.set(i, i < elements.length ? elements[i] : "<name>");
                }
              }
              return String.join(".", spelled);
            })
        .toList();
  }
}
