package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.quota.LimitText;
import io.github.resilientchat.core.quota.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One target as a route lists it: {@code ref[@region][/account][*weight][(limits)]}.
 *
 * @param ref name of a model or target, or the id of a model or inference profile
 */
record TargetText(
    String ref,
    @Nullable String region,
    @Nullable String account,
    @Nullable Integer weight,
    Limits limits) {

  private static final String WORD = "[^@/*()\\s]+";
  private static final Pattern FORM =
      Pattern.compile(
          "(%1$s)(?:@(%1$s))?(?:/(%1$s))?(?:\\*(\\d{1,6}))?(?:\\(([^()]+)\\))?".formatted(WORD));

  /** A bean, or two, has neither Region nor account; the empty groups keep the numbers. */
  private static final Pattern BEAN =
      Pattern.compile(
          "(bean:%1$s(?:/%1$s)?)(?:(?!)(x))?(?:(?!)(x))?(?:\\*(\\d{1,6}))?(?:\\(([^()]+)\\))?"
              .formatted(WORD));

  /** The entries of a list that Spring Boot has split at every comma, those in limits too. */
  static List<String> entries(List<String> parts) {
    List<String> entries = new ArrayList<>();
    StringBuilder entry = new StringBuilder();
    int depth = 0;
    for (char c : String.join(",", parts).toCharArray()) {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth <= 0) {
        entries.add(entry.toString().strip());
        entry.setLength(0);
      } else {
        entry.append(c);
      }
    }
    entries.add(entry.toString().strip());
    entries.removeIf(String::isEmpty);
    return entries;
  }

  /** Reads one entry of the list under this key. */
  static TargetText parse(String key, String text) {
    if (text.startsWith("arn:")) {
      throw new InvalidConfigurationException(
          key,
          text,
          "an ARN cannot be written here, because its slashes and colons mean something else",
          "set resilient.models.<name>.id to the ARN and write that name here");
    }
    if (text.startsWith("route:")) {
      throw new InvalidConfigurationException(
          key,
          text,
          "a route can be a fallback only",
          "list it under fallbacks, or list that route's targets here");
    }
    Matcher form = (text.startsWith(ProviderBeans.PREFIX) ? BEAN : FORM).matcher(text);
    if (!form.matches()) {
      throw new InvalidConfigurationException(
          key,
          text,
          "is no target",
          text.startsWith(ProviderBeans.PREFIX)
              ? "write bean:<name>[/<name of the streaming model>][*weight][(limits)], without a"
                  + " Region or an account"
              : "write ref[@region][/account][*weight][(limits)] in this order, such as"
                  + " sonnet@us-east-1/main*3(60rpm 100ktpm)");
    }
    return new TargetText(
        form.group(1),
        form.group(2),
        form.group(3),
        form.group(4) == null ? null : weight(key, text, Integer.parseInt(form.group(4))),
        form.group(5) == null ? Limits.NONE : LimitText.ofTarget(key, form.group(5)));
  }

  /** Constants as properties write them. */
  static String words(Set<? extends Enum<?>> constants) {
    return constants.stream()
        .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  static int weight(String key, String text, int weight) {
    if (weight < 1) {
      throw new InvalidConfigurationException(
          key, text, "a weight must be at least 1", "write a positive weight, or leave it out");
    }
    return weight;
  }
}
