package io.github.resilientchat.benchmarks.chaos;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an error says, short enough to be counted. */
final class Trouble {

  private static final Pattern KINDS =
      Pattern.compile(
          "[A-Z]+_[A-Z_]+|THROTTLED|UNAVAILABLE|REJECTED|MISCONFIGURED|FORBIDDEN|cooling down"
              + "|breaker|retry budget|timed out");

  private Trouble() {}

  static String of(Throwable error) {
    String said =
        KINDS
            .matcher(String.valueOf(error.getMessage()))
            .results()
            .map(found -> found.group())
            .distinct()
            .sorted()
            .limit(4)
            .collect(Collectors.joining(", "));
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return error.getClass().getSimpleName()
        + (root == error ? "" : " < " + root.getClass().getSimpleName())
        + (said.isEmpty() ? "" : " (" + said + ")");
  }
}
