package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.Problems;
import org.jspecify.annotations.Nullable;

/** Finds options that no model takes. */
final class OptionsCheck {

  private OptionsCheck() {}

  /**
   * Adds what is wrong with options.
   *
   * @param key of what they are options of
   */
  static boolean check(String key, ModelOptions options, Problems problems) {
    return within(key + ".options.temperature", options.temperature(), 2, problems)
        & within(key + ".options.top-p", options.topP(), 1, problems)
        & atLeastOne(key + ".options.max-tokens", options.maxTokens(), problems);
  }

  private static boolean within(String key, @Nullable Double value, int most, Problems problems) {
    if (value == null || (value >= 0 && value <= most)) {
      return true;
    }
    problems.add(
        key,
        value.toString(),
        "must be from 0 to " + most,
        "write a number such as 0.5, or remove it");
    return false;
  }

  static boolean atLeastOne(String key, @Nullable Number value, Problems problems) {
    if (value == null || value.longValue() > 0) {
      return true;
    }
    problems.add(
        key, value.toString(), "must be at least 1", "write a positive number, or remove it");
    return false;
  }
}
