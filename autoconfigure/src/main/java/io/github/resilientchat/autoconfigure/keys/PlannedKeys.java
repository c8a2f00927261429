package io.github.resilientchat.autoconfigure.keys;

import java.util.List;
import java.util.regex.Pattern;

/** Keys that the documentation plans and this version does not have; they must not be ignored. */
final class PlannedKeys {

  private static final List<Pattern> PATTERNS = List.of(keys("observability[.]tenant-tag"));

  private PlannedKeys() {}

  /** Whether the path below {@code resilient}, in dots and without dashes, is one of them. */
  static boolean contains(String path) {
    return PATTERNS.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }

  /** An environment variable writes a dash as nothing or as an underscore, which means a dot. */
  private static Pattern keys(String notation) {
    String path = notation.replace("NAME", "[^.]+").replace("-", "[.]?");
    return Pattern.compile(path + "([.]\\d+)?");
  }
}
