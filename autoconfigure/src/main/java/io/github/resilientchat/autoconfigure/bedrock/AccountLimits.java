package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.quota.LimitText;
import io.github.resilientchat.core.quota.Limits;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What accounts grant over all models in a Region, and what AWS knows them by. */
final class AccountLimits {

  private static final Pattern ROLE = Pattern.compile("arn:[a-z-]+:iam::(\\d{12}):role/.+");

  private AccountLimits() {}

  /** The limits of each account, as far as they can be read. */
  static Map<String, Limits> of(Map<String, AccountProperties> accounts) {
    Map<String, Limits> limits = new HashMap<>();
    Problems unread = new Problems();
    accounts.forEach(
        (name, account) ->
            unread.collect(() -> read(name, account)).ifPresent(all -> limits.put(name, all)));
    return limits;
  }

  static void check(Map<String, AccountProperties> accounts, Problems problems) {
    accounts.forEach((name, account) -> problems.collect(() -> read(name, account)));
  }

  private static Limits read(String name, AccountProperties account) {
    return LimitText.ofTarget(
        "resilient.accounts." + name + ".limits", String.join(", ", account.limits()));
  }

  /** The ids of accounts that a role's ARN tells. */
  static Map<String, String> ids(Map<String, AccountProperties> accounts) {
    Map<String, String> ids = new HashMap<>();
    accounts.forEach(
        (name, account) -> {
          Matcher role = ROLE.matcher(String.valueOf(account.roleArn()));
          if (role.matches()) {
            ids.put(name, role.group(1));
          }
        });
    return ids;
  }
}
