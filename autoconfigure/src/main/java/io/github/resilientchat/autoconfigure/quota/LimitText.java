package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.core.quota.Limits;
import java.util.List;
import java.util.Locale;

/** Limits as they are written: {@code 60rpm, 100ktpm}. */
public final class LimitText {

  private LimitText() {}

  public static Limits parse(String key, List<String> parts) {
    return parse(key, String.join(", ", parts));
  }

  public static Limits parse(String key, String text) {
    try {
      return Limits.parse(text);
    } catch (IllegalArgumentException e) {
      boolean dollars = text.toLowerCase(Locale.ROOT).contains("usd");
      throw new InvalidConfigurationException(
          key,
          text,
          dollars ? "limits in US dollars are not supported yet" : String.valueOf(e.getMessage()),
          "write limits such as '60rpm, 100ktpm, 4par', one for each unit");
    }
  }
}
