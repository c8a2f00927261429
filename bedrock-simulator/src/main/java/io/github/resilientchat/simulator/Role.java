package io.github.resilientchat.simulator;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A role that the simulator's security token service lends. Whoever assumes it calls for its
 * account until the session expires. Defaults of {@link #of}: everybody with keys of the simulator
 * may assume it, without an external id, for as long as the request asks.
 *
 * @param arn as in {@code arn:aws:iam::111111111111:role/bedrock-invoke}
 * @param account name of the account that its sessions call for
 * @param externalId that a request must say, or null for none
 * @param trusted names of the accounts that may assume it; empty for all
 * @param webIdentityToken that is taken in place of keys, or null for none
 * @param sessionsLast how long sessions last whatever the request asks, or null
 */
public record Role(
    String arn,
    String account,
    @Nullable String externalId,
    Set<String> trusted,
    @Nullable String webIdentityToken,
    @Nullable Duration sessionsLast) {

  private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:iam::(\\d{12}):role/(.+)");

  public Role {
    if (!ARN.matcher(arn).matches()) {
      throw new IllegalArgumentException("not the ARN of a role: '" + arn + "'");
    }
    Accounts.requireName(account);
    trusted.forEach(Accounts::requireName);
    trusted = Set.copyOf(trusted);
    if (sessionsLast != null && (sessionsLast.isNegative() || sessionsLast.isZero())) {
      throw new IllegalArgumentException("sessions must last some time: " + sessionsLast);
    }
  }

  /** A role whose sessions call for this account. */
  public static Role of(String arn, String account) {
    return new Role(arn, account, null, Set.of(), null, null);
  }

  public Role externalId(String value) {
    return new Role(arn, account, value, trusted, webIdentityToken, sessionsLast);
  }

  /** Lent to these accounts only. */
  public Role trusting(String... accounts) {
    return new Role(arn, account, externalId, Set.of(accounts), webIdentityToken, sessionsLast);
  }

  /** Lent for this token too, without keys. */
  public Role webIdentity(String token) {
    return new Role(arn, account, externalId, trusted, token, sessionsLast);
  }

  /** Sessions that last so long, which may be shorter than the service itself allows. */
  public Role sessionsLast(Duration value) {
    return new Role(arn, account, externalId, trusted, webIdentityToken, value);
  }

  String accountId() {
    return matched().group(1);
  }

  /** As whom a session calls. */
  String assumedArn(String sessionName) {
    String path = matched().group(2);
    return "arn:aws:sts::%s:assumed-role/%s/%s"
        .formatted(accountId(), path.substring(path.lastIndexOf('/') + 1), sessionName);
  }

  private Matcher matched() {
    Matcher matcher = ARN.matcher(arn);
    if (!matcher.matches()) {
      throw new IllegalStateException(arn);
    }
    return matcher;
  }
}
