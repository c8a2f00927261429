package io.github.resilientchat.autoconfigure.keys;

import java.util.Locale;
import java.util.regex.Pattern;

/** Keeps values that may be credentials out of messages. */
final class Secrets {

  static final String WITHHELD = "(withheld)";

  private static final Pattern HARMLESS =
      Pattern.compile(
          "resilient\\.(accounts\\.[^.]+\\.(profile|endpoint|endpoints\\.[^.]+|stsendpoint|controlendpoint|rolearn"
              + "|source|sessionname|sessionduration|sessiontags(\\[\\d+])?"
              + "|webidentitytokenfile|credentialsbean|fips|dualstack)"
              + "|proxy\\.(host|port|nonproxyhosts(\\[\\d+])?))");
  private static final Pattern TELLING =
      Pattern.compile(
          "secret|password|credential|apikey|accesskey|sessiontoken|externalid|hashkey");

  /** Credentials of a user, or tokens, come in addresses too. */
  private static final Pattern URL_WITH_MORE = Pattern.compile("://[^\\s]*[@?#;]");

  private Secrets() {}

  /** The value, unless its key says or its place suggests that it is a credential. */
  static String withhold(String key, String value) {
    String plain = key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    if (URL_WITH_MORE.matcher(value).find()) {
      return WITHHELD;
    }
    if (HARMLESS.matcher(plain).matches()) {
      return value;
    }
    boolean suspicious =
        plain.startsWith("resilient.accounts") || plain.startsWith("resilient.proxy");
    return suspicious || TELLING.matcher(plain).find() ? WITHHELD : value;
  }
}
