package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.Limits;
import java.util.List;

/** Limits as they are written: {@code 60rpm, 100ktpm}. */
public final class LimitText {

  private LimitText() {}

  public static Limits parse(String key, List<String> parts) {
    return parse(key, String.join(", ", parts));
  }

  /** Limits of a target: what its service grants. */
  public static Limits ofTarget(String key, String text) {
    Limits limits = parse(key, text);
    for (Limit limit : limits.all()) {
      if (limit.amount() == 0 || limit.unit().measure() == Limit.Measure.MONEY) {
        throw new InvalidConfigurationException(
            key,
            text,
            limit + " is no limit of a target",
            "write what the service grants, such as 60rpm, 100ktpm; limits in money and 0 belong"
                + " under resilient.quotas; enabled=false takes a target out");
      }
    }
    return limits;
  }

  public static Limits parse(String key, String text) {
    try {
      return Limits.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          key,
          text,
          String.valueOf(e.getMessage()),
          "write limits such as '60rpm, 100ktpm, 4par, 5usd/d', one for each unit");
    }
  }
}
