package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.bedrock.AssumedRole;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads the role of an account, and names the property that the service would refuse. */
final class RoleReader {

  private final String key;
  private final AccountProperties account;

  /**
   * @param key of the account
   */
  RoleReader(String key, AccountProperties account) {
    this.key = key;
    this.account = account;
  }

  AssumedRole read(String name) {
    AssumedRole role =
        checked(
            ".role-arn",
            account.roleArn(),
            () -> AssumedRole.of(Objects.requireNonNull(account.roleArn())),
            "write the role's ARN, such as arn:aws:iam::111111111111:role/bedrock-invoke");
    role =
        set(
            ".session-name",
            account.sessionName(),
            role.sessionName(
                account.sessionName() == null ? "resilient-" + name : "resilient-chat"),
            each -> account.sessionName() == null ? each : each.sessionName(account.sessionName()),
            "write a name such as orders-api");
    role =
        set(
            ".external-id",
            account.externalId(),
            role,
            each -> each.externalId(account.externalId()),
            "write the id that the role's trust policy asks for");
    role =
        set(
            ".session-duration",
            account.sessionDurationText(),
            role,
            each -> each.duration(account.sessionDuration()),
            "write a duration such as 1h, or leave it out");
    role =
        set(
            ".session-tags",
            account.sessionTags().isEmpty() ? null : String.join(", ", account.sessionTags()),
            role,
            each -> each.tags(tags(account.sessionTags())),
            "write tags such as CostCenter=42, Team=orders");
    return set(
        ".web-identity-token-file",
        account.webIdentityTokenFile(),
        role,
        each ->
            each.webIdentityTokenFile(
                account.webIdentityTokenFile() == null
                    ? null
                    : Path.of(account.webIdentityTokenFile())),
        "name the file, and leave out external-id and session-tags");
  }

  private AssumedRole set(
      String property,
      @Nullable String value,
      AssumedRole role,
      UnaryOperator<AssumedRole> setting,
      String fix) {
    return checked(property, value, () -> setting.apply(role), fix);
  }

  private interface Reading {
    AssumedRole role();
  }

  private AssumedRole checked(
      String property, @Nullable String value, Reading reading, String fix) {
    try {
      return reading.role();
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          key + property, value, String.valueOf(e.getMessage()), fix);
    }
  }

  private static Map<String, String> tags(List<String> texts) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("is no tag: '" + text + "'");
      }
      tags.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }
    return tags;
  }
}
