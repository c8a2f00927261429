package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.bedrock.BedrockAccount;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Makes the accounts that properties describe. Opens no connection and reads no credentials. */
final class AccountReader {

  private AccountReader() {}

  /**
   * The accounts of these names; the credentials of others are never looked at.
   *
   * @param regions of the targets that use each, by its name
   * @throws InvalidConfigurationException with every problem of them
   */
  static BedrockAccounts read(
      AccountsProperties tree, HttpProperties http, Map<String, Set<String>> regions) {
    EndpointReader endpoints = new EndpointReader(http.guard());
    Problems problems = new Problems();
    Map<String, BedrockAccount> accounts = new HashMap<>();
    for (Map.Entry<String, Set<String>> used : regions.entrySet()) {
      String name = used.getKey();
      AccountProperties properties =
          tree.accounts().getOrDefault(name, AccountProperties.DEFAULT_CHAIN);
      problems
          .collect(
              () ->
                  credentials(name, properties)
                      .withEndpoints(
                          endpoints.read(
                              "resilient.accounts." + name, properties, used.getValue())))
          .ifPresent(account -> accounts.put(name, account));
    }
    problems.report();
    return new BedrockAccounts(accounts);
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
