package io.github.resilientchat.simulator;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Account names and the access keys that stand for them. */
final class Accounts {

  private static final String KEY_PREFIX = "AKIASIM";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

  private Accounts() {}

  static String requireName(String account) {
    if (!NAME.matcher(account).matches()) {
      throw new IllegalArgumentException(
          "account must be lower-case letters and digits: '" + account + "'");
    }
    return account;
  }

  static String accessKey(String account) {
    return KEY_PREFIX + requireName(account).toUpperCase(Locale.ROOT);
  }

  /** Twelve digits that stand for a name, as AWS has them in ARNs. */
  static String id(String account) {
    return "%012d".formatted(900_000_000_000L + Math.abs((long) account.hashCode()));
  }

  static Optional<String> ofAccessKey(String key) {
    return key.startsWith(KEY_PREFIX)
        ? named(key.substring(KEY_PREFIX.length()).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  static Optional<String> named(String name) {
    return NAME.matcher(name).matches() ? Optional.of(name) : Optional.empty();
  }
}
