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
      Pattern.compile("secret|password|credential|apikey|accesskey|sessiontoken|externalid");

  private Secrets() {}

  /** The value, unless its key says or its place suggests that it is a credential. */
  static String withhold(String key, String value) {
    String plain = key.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    boolean userInfo = value.contains("://") && value.contains("@");
    if (userInfo) {
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
