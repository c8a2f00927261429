package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.bedrock.QuotaKey;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.SharedLimits;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which limits targets draw on together, because AWS counts them together. */
final class QuotaShares {

  private record Known(String target, Limits limits) {}

  private final AccountNames accounts;
  private final Map<String, Known> byKey = new HashMap<>();

  /** What accounts grant in each Region, by what AWS knows them by. */
  private final Map<String, Limits> byAccount = new HashMap<>();

  QuotaShares(AccountNames accounts) {
    this.accounts = accounts;
    new TreeMap<>(accounts.limits())
        .forEach(
            (name, limits) -> {
              if (!limits.isEmpty()) {
                byAccount.putIfAbsent(idOf(name), limits);
              }
            });
  }

  /** The quota that a place draws on. */
  String key(String model, String region, String account) {
    return QuotaKey.of(model, region, idOf(account)).toString();
  }

  /** What AWS knows the account by, so that two roles in one account are one. */
  String idOf(String account) {
    return accounts.ids().getOrDefault(account, account);
  }

  /**
   * Notes the limits of a named target, which are those of its quota.
   *
   * @throws InvalidConfigurationException if another target says others of the same quota
   */
  void note(String key, String target, String quotaKey, Limits limits) {
    if (limits.isEmpty()) {
      return;
    }
    Known before = byKey.putIfAbsent(quotaKey, new Known(target, limits));
    if (before != null && !before.limits().equals(limits)) {
      throw new InvalidConfigurationException(
          key,
          limits.toString(),
          "the target %s draws on the same quota of AWS, and its limits are '%s'"
              .formatted(before.target(), before.limits()),
          "write the limits of the quota once or the same at both; what one of them may use of it"
              + " goes in parentheses where a route lists it");
    }
  }

  /** The group of properties that says what limits a target shares with others. */
  String source(Target target, SharedLimits shared) {
    Known known = byKey.get(shared.key());
    return known == null
        ? "resilient.accounts." + target.account()
        : "resilient.targets." + known.target();
  }

  /** All that a place shares with others. */
  List<SharedLimits> of(String quotaKey, String region, String account) {
    List<SharedLimits> shared = new ArrayList<>(2);
    Known known = byKey.get(quotaKey);
    if (known != null) {
      shared.add(new SharedLimits(quotaKey, known.limits()));
    }
    Limits all = byAccount.getOrDefault(idOf(account), Limits.NONE);
    if (!all.isEmpty()) {
      shared.add(new SharedLimits("account " + idOf(account) + "@" + region, all));
    }
    return shared;
  }
}
