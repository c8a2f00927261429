package io.github.resilientchat.autoconfigure.identity;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.report.InvalidCallerException;
import org.jspecify.annotations.Nullable;

/** Checks names that come from outside before anybody is charged under them. */
final class CallerNames {

  private CallerNames() {}

  /**
   * The name.
   *
   * @param source what is told of where it was found
   * @throws InvalidCallerException if it can be nobody's
   */
  static String checked(String source, String name) {
    if (name.isBlank()) {
      throw new InvalidCallerException(source + " is blank");
    }
    if (name.length() > Caller.LONGEST_NAME) {
      throw new InvalidCallerException(
          source + " has " + name.length() + " characters, more than " + Caller.LONGEST_NAME);
    }
    if (name.chars().anyMatch(CallerNames::breaksLines)) {
      throw new InvalidCallerException(source + " holds control characters");
    }
    return name;
  }

  static @Nullable String checkedIfThere(String source, @Nullable String name) {
    return name == null ? null : checked(source, name);
  }

  private static boolean breaksLines(int letter) {
    return Character.isISOControl(letter) || letter == 0x2028 || letter == 0x2029;
  }
}
