package io.github.resilientchat.autoconfigure.keys;

import java.util.Locale;
import java.util.regex.Pattern;

/** Keeps values that may be credentials out of messages. */
final class Secrets {

  static final String WITHHELD = "(withheld)";

  private static final Pattern HARMLESS_ACCOUNT_KEY =
      Pattern.compile(
          "resilient\\.accounts\\.[^.]+\\.(profile|endpoint|endpoints\\.[^.]+|rolearn)");
  private static final Pattern TELLING =
      Pattern.compile("secret|password|credential|apikey|accesskey|sessiontoken");

  private Secrets() {}

  /** The value, unless its key says or its place suggests that it is a credential. */
  static String withhold(String key, String value) {
    String plain = key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    boolean suspicious =
        plain.startsWith("resilient.accounts") && !HARMLESS_ACCOUNT_KEY.matcher(plain).matches();
    boolean userInfo = value.contains("://") && value.contains("@");
    return suspicious || userInfo || TELLING.matcher(plain).find() ? WITHHELD : value;
  }
}
