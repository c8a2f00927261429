package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Nearest;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the Region and the account of a target, its own or the defaults. */
final class PlaceReader {

  /** Name of the account when none is configured: the SDK's default credentials chain. */
  static final String DEFAULT_ACCOUNT = "default";

  // A Region becomes part of a host name, so its form matters more than that it exists.
  private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d{1,2}");

  private final DefaultsProperties defaults;
  private final Set<String> accounts;

  PlaceReader(DefaultsProperties defaults, Set<String> accounts) {
    this.defaults = defaults;
    this.accounts = accounts;
  }

  String region(String key, String text, @Nullable String own) {
    if (own != null) {
      return checkedRegion(key, text, own);
    }
    if (defaults.region() != null) {
      return checkedRegion("resilient.defaults.region", defaults.region(), defaults.region());
    }
    throw new InvalidConfigurationException(
        key,
        text,
        "has no Region",
        "add one, such as us-east-1, or set resilient.defaults.region for all targets");
  }

  String account(String key, String text, @Nullable String own) {
    if (own != null) {
      return checkedAccount(key, text, own);
    }
    if (defaults.account() != null) {
      return checkedAccount("resilient.defaults.account", defaults.account(), defaults.account());
    }
    if (accounts.isEmpty() || accounts.contains(DEFAULT_ACCOUNT)) {
      return DEFAULT_ACCOUNT;
    }
    if (accounts.size() == 1) {
      return accounts.iterator().next();
    }
    throw new InvalidConfigurationException(
        key,
        text,
        "names none of the accounts " + String.join(", ", accounts.stream().sorted().toList()),
        "add an account, or set resilient.defaults.account for all targets");
  }

  private static String checkedRegion(String key, String text, String region) {
    if (!REGION.matcher(region).matches()) {
      throw new InvalidConfigurationException(
          key, text, "'" + region + "' is no AWS Region", "write a Region such as us-east-1");
    }
    return region;
  }

  private String checkedAccount(String key, String text, String account) {
    if (!accounts.contains(account)) {
      throw new InvalidConfigurationException(
          key,
          text,
          "there is no account '" + account + "'",
          Nearest.hint(account, accounts) + " (set under resilient.accounts.<name>)");
    }
    return account;
  }
}
