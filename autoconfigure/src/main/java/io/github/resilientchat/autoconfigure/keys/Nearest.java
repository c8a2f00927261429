package io.github.resilientchat.autoconfigure.keys;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a misspelt word was meant to be. */
public final class Nearest {

  private Nearest() {}

  /** The candidate closest to the text, unless even that one differs in more than a third. */
  public static Optional<String> to(String text, Collection<String> candidates) {
    return candidates.stream()
        .min(
            Comparator.<String>comparingInt(candidate -> distance(text, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .filter(nearest -> distance(text, nearest) <= Math.max(2, text.length() / 3));
  }

  /** "Did you mean" for a name, or the names there are. */
  public static String hint(String text, Collection<String> candidates) {
    return to(text, candidates)
        .map(nearest -> "did you mean '" + nearest + "'?")
        .orElseGet(
            () ->
                candidates.isEmpty()
                    ? "there is none yet"
                    : "there are " + String.join(", ", candidates.stream().sorted().toList()));
  }

  /** Levenshtein's distance. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int substitution = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, Math.min(row[j - 1], row[j]) + 1);
      }
    }
    return row[right.length()];
  }
}
