package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.core.Caller;
import org.jspecify.annotations.Nullable;

/** Names of callers as they may be written, and as they are shown. */
final class NameText {

  private static final int MOST_SHOWN = 80;

  private NameText() {}

  /** What is wrong with a name, a clause that follows it; null for nothing. */
  static @Nullable String problem(String name) {
    if (name.isBlank()) {
      return "is blank";
    }
    if (name.length() > Caller.LONGEST_NAME) {
      return "has " + name.length() + " characters, more than " + Caller.LONGEST_NAME;
    }
    return name.chars().anyMatch(NameText::breaksLines)
        ? "has a line break or another control character"
        : null;
  }

  /** On one line, and short. */
  static String shown(String name) {
    StringBuilder text = new StringBuilder();
    name.chars()
        .limit(MOST_SHOWN)
        .forEach(
            letter -> {
              if (breaksLines(letter)) {
                text.append(String.format("\\u%04x", letter));
              } else {
                text.append((char) letter);
              }
            });
    return name.length() > MOST_SHOWN ? text + "..." : text.toString();
  }

  private static boolean breaksLines(int letter) {
    return Character.isISOControl(letter) || letter == 0x2028 || letter == 0x2029;
  }
}
