package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Nearest;
import io.github.resilientchat.autoconfigure.keys.Problems;
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
  private final UnusedNames unused;

  PlaceReader(DefaultsProperties defaults, AccountNames accounts) {
    this.defaults = defaults;
    this.accounts = accounts.all();
    this.unused = new UnusedNames("accounts", "remove it, or name it in a target", accounts.all());
    accounts.sources().forEach(unused::use);
  }

  /** Adds what is wrong with the defaults, whether or not a target follows them. */
  void checkDefaults(Problems problems) {
    if (defaults.region() != null) {
      problems.collect(() -> region("", "", null));
    }
    if (defaults.account() != null) {
      problems.collect(() -> written("", "", null));
    }
  }

  UnusedNames accounts() {
    return unused;
  }

  String region(String key, @Nullable String text, @Nullable String own) {
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

  String account(String key, @Nullable String text, @Nullable String own) {
    String account = written(key, text, own);
    unused.use(account);
    return account;
  }

  private String written(String key, @Nullable String text, @Nullable String own) {
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

  private static String checkedRegion(String key, @Nullable String text, String region) {
    if (!REGION.matcher(region).matches()) {
      throw new InvalidConfigurationException(
          key, text, "'" + region + "' is no AWS Region", "write a Region such as us-east-1");
    }
    return region;
  }

  private String checkedAccount(String key, @Nullable String text, String account) {
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
