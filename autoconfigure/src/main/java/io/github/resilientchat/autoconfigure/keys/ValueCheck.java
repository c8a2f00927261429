package io.github.resilientchat.autoconfigure.keys;

import io.github.resilientchat.autoconfigure.keys.KnownKeys.Leaf;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Finds values that would be read without a word as something else than what they say. */
final class ValueCheck {

  private static final String ACCOUNTS = "resilient.accounts.";
  private static final Pattern WHOLE = Pattern.compile("-?\\d+");
  private static final Pattern FRACTION = Pattern.compile("-?\\d*\\.\\d+|-?\\d+(\\.\\d+)?[eE].+");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^${}:]+)}");

  private final Environment environment;
  private final boolean credentialsAreRead;
  private final Problems problems;

  ValueCheck(Environment environment, boolean credentialsAreRead, Problems problems) {
    this.environment = environment;
    this.credentialsAreRead = credentialsAreRead;
    this.problems = problems;
  }

  /**
   * Checks the value of a property that is in force.
   *
   * @param written before placeholders are replaced
   */
  void check(String key, String written, Leaf leaf) {
    String value = written;
    if (written.contains("${")) {
      try {
        value = environment.resolveRequiredPlaceholders(written);
      } catch (IllegalArgumentException e) {
        unresolved(key, written);
        return;
      }
    }
    value = value.strip();
    Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(leaf.type());
    if (type == Duration.class && WHOLE.matcher(value).matches() && !value.matches("-?0+")) {
      problems.add(
          key,
          written,
          "has no unit, and would be " + value + " milliseconds",
          "write " + value + "s for seconds, or " + value + "ms");
      problems.explain(key);
    } else if ((type == Integer.class || type == Long.class) && FRACTION.matcher(value).matches()) {
      problems.add(
          key,
          written,
          "is not a whole number, and what follows the point would be cut off",
          "write a whole number");
    }
  }

  /** Where tests run there often are no credentials, and nobody asks for them. */
  private void unresolved(String key, String written) {
    if (key.startsWith(ACCOUNTS) && !credentialsAreRead) {
      return;
    }
    String name = "what it names";
    Matcher placeholders = PLACEHOLDER.matcher(written);
    while (placeholders.find()) {
      if (!environment.containsProperty(placeholders.group(1))) {
        name = placeholders.group(1);
        break;
      }
    }
    problems.add(
        key,
        written,
        "holds a placeholder that nothing resolves, and would be taken as it is written",
        "set " + name + ", or write a default behind a colon in the placeholder");
    problems.explain(key);
  }
}
