package io.github.resilientchat.autoconfigure;

import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.core.route.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the accounts that properties describe. Opens no connection and reads no credentials. */
final class AccountReader {

  private AccountReader() {}

  static BedrockAccounts read(ResilientProperties tree, ConfiguredRoutes routes) {
    Problems problems = new Problems();
    Map<String, BedrockAccount> accounts = new HashMap<>();
    for (String name : names(routes)) {
      AccountProperties properties =
          tree.accounts().getOrDefault(name, AccountProperties.DEFAULT_CHAIN);
      problems
          .collect(() -> account(name, properties))
          .ifPresent(account -> accounts.put(name, account));
    }
    problems.report();
    return new BedrockAccounts(accounts);
  }

  /** Names of the accounts that targets use; the credentials of others are never looked at. */
  static Set<String> names(ConfiguredRoutes routes) {
    return routes.all().stream()
        .flatMap(route -> route.targets().stream())
        .map(Target::account)
        .collect(Collectors.toSet());
  }

  private static BedrockAccount account(String name, AccountProperties properties) {
    BedrockAccount account = credentials(name, properties);
    return properties.endpoint() == null ? account : account.withEndpoint(properties.endpoint());
  }

  private static BedrockAccount credentials(String name, AccountProperties properties) {
    if (properties.accessKey() != null && properties.secretKey() != null) {
      return BedrockAccount.staticKeys(
          name, properties.accessKey(), properties.secretKey(), properties.sessionToken());
    }
    if (properties.profile() == null) {
      return BedrockAccount.defaultChain(name);
    }
    try {
      return BedrockAccount.profile(name, properties.profile());
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          "resilient.accounts." + name + ".profile",
          properties.profile(),
          String.valueOf(e.getMessage()),
          "write a profile of your AWS configuration files, or add it there");
    }
  }
}
