package io.github.resilientchat.bedrock;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A role, and how it is assumed. Defaults of {@link #of}: no external id, a session named {@code
 * resilient-chat} that lasts as long as the service gives by itself (an hour), no tags, keys of the
 * source in place of a web identity. Shown as text, it does not reveal the external id.
 *
 * @param arn as in {@code arn:aws:iam::111111111111:role/bedrock-invoke}
 * @param externalId that the role's trust policy asks for
 * @param sessionName shows in the account's logs and bills
 * @param duration from 15 minutes to 12 hours, or null for the service's own
 * @param tags of the session, at most 50
 * @param webIdentityTokenFile a file whose token is taken in place of keys; read at every renewal
 */
public record AssumedRole(
    String arn,
    @Nullable String externalId,
    String sessionName,
    @Nullable Duration duration,
    Map<String, String> tags,
    @Nullable Path webIdentityTokenFile) {

  /** The longest session of a role that was assumed by a session of another. */
  public static final Duration LONGEST_CHAINED = Duration.ofHours(1);

  private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):role/\\S+");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
  private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final int MOST_TAGS = 50;

  public AssumedRole {
    require(
        ARN.matcher(arn).matches(), "no role's ARN, arn:aws:iam::<account>:role/<name>: " + arn);
    require(
        externalId == null || EXTERNAL_ID.matcher(externalId).matches(),
        "an external id has 2 to 1224 letters, digits and + = , . @ : / - _");
    require(
        SESSION_NAME.matcher(sessionName).matches(),
        "a session's name has 2 to 64 letters, digits and + = , . @ - _: " + sessionName);
    require(
        duration == null || duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0,
        "a session lasts from 15 minutes to 12 hours: " + duration);
    tags = Map.copyOf(new LinkedHashMap<>(tags));
    require(tags.size() <= MOST_TAGS, "a session has at most 50 tags: " + tags.size());
    tags.forEach(
        (key, value) -> {
          require(
              !key.isEmpty() && key.length() <= 128, "a tag's key has 1 to 128 characters: " + key);
          require(value.length() <= 256, "a tag's value has at most 256 characters: " + value);
        });
    require(
        webIdentityTokenFile == null || externalId == null && tags.isEmpty(),
        "a web identity takes neither an external id nor tags");
  }

  /** The role of this ARN. */
  public static AssumedRole of(String arn) {
    return new AssumedRole(arn, null, "resilient-chat", null, Map.of(), null);
  }

  public AssumedRole externalId(@Nullable String value) {
    return new AssumedRole(arn, value, sessionName, duration, tags, webIdentityTokenFile);
  }

  public AssumedRole sessionName(String value) {
    return new AssumedRole(arn, externalId, value, duration, tags, webIdentityTokenFile);
  }

  public AssumedRole duration(@Nullable Duration value) {
    return new AssumedRole(arn, externalId, sessionName, value, tags, webIdentityTokenFile);
  }

  public AssumedRole tags(Map<String, String> value) {
    return new AssumedRole(arn, externalId, sessionName, duration, value, webIdentityTokenFile);
  }

  public AssumedRole webIdentityTokenFile(@Nullable Path value) {
    return new AssumedRole(arn, externalId, sessionName, duration, tags, value);
  }

  /** The digits of the account that it belongs to. */
  public String accountId() {
    Matcher matcher = ARN.matcher(arn);
    require(matcher.matches(), arn);
    return matcher.group(1);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  @Override
  public String toString() {
    return arn + " as " + sessionName;
  }
}
