package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.quota.LimitText;
import io.github.resilientchat.core.quota.Limits;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
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
    Map<String, String> ids = ids(accounts);
    Map<String, String> firsts = new HashMap<>();
    Map<String, Limits> known = new HashMap<>();
    new TreeMap<>(accounts)
        .forEach(
            (name, account) -> {
              Limits own = problems.collect(() -> read(name, account)).orElse(Limits.NONE);
              String id = ids.getOrDefault(name, name);
              if (own.isEmpty()) {
                return;
              }
              Limits before = known.putIfAbsent(id, own);
              String first = firsts.computeIfAbsent(id, unused -> name);
              if (before != null && !before.equals(own)) {
                problems.add(
                    key(name),
                    own.toString(),
                    "the account %s is the same at AWS, %s, and its limits are '%s'"
                        .formatted(first, id, before),
                    "write the limits of the account once or the same at both");
              }
            });
  }

  private static Limits read(String name, AccountProperties account) {
    return LimitText.ofTarget(key(name), String.join(", ", account.limits()));
  }

  private static String key(String name) {
    return "resilient.accounts." + name + ".limits";
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
