package io.github.resilientchat.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of a request for a session of a role, none longer than the service takes (AssumeRole,
 * AssumeRoleWithWebIdentity): what is logged is kept, whoever sent it.
 */
final class SessionFields {

  private static final Map<String, Integer> LONGEST =
      Map.of(
          "Action", 64,
          "RoleArn", 2_048,
          "RoleSessionName", 64,
          "ExternalId", 1_224,
          "WebIdentityToken", 20_000,
          "Policy", 2_048);
  private static final int LONGEST_TAG_KEY = 128;
  private static final int LONGEST_TAG_VALUE = 256;
  private static final int MOST_TAGS = 50;

  private SessionFields() {}

  /**
   * Passes what the service would read.
   *
   * @throws Refused if a field is too long, without showing it
   */
  static void requireFitting(Map<String, String> asked) {
    LONGEST.forEach((name, most) -> require(name, asked.getOrDefault(name, ""), most));
    Map<String, String> tags = tags(asked);
    if (tags.size() > MOST_TAGS) {
      throw refusal("tags", MOST_TAGS);
    }
    tags.forEach(
        (key, value) -> {
          require("tags.key", key, LONGEST_TAG_KEY);
          require("tags.value", value, LONGEST_TAG_VALUE);
        });
  }

  static Map<String, String> tags(Map<String, String> asked) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (int i = 1; asked.containsKey("Tags.member." + i + ".Key"); i++) {
      tags.put(
          asked.getOrDefault("Tags.member." + i + ".Key", ""),
          asked.getOrDefault("Tags.member." + i + ".Value", ""));
    }
    return tags;
  }

  private static void require(String name, String value, int most) {
    if (value.length() > most) {
      throw refusal(name, most);
    }
  }

  private static Refused refusal(String name, int most) {
    return new Refused(
        ApiError.of(
            400,
            "ValidationError",
            "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must have length less than or equal to %d"
                .formatted(name, most)));
  }
}
