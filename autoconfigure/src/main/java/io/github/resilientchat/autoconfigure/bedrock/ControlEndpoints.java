package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.RegionalEndpoints;
import java.util.Map;

/** Where the control plane of each account is asked. */
final class ControlEndpoints {

  private final Map<String, AccountProperties> accounts;
  private final EndpointReader endpoints;

  ControlEndpoints(AccountsProperties properties, HttpProperties http) {
    this.accounts = properties.accounts();
    this.endpoints = new EndpointReader(http.guard());
  }

  RegionalEndpoints of(BedrockAccount account) {
    return endpoints.control(account, properties(account.name()));
  }

  /** Adds every endpoint that is of another Region than a target that it would be asked about. */
  void check(ConfiguredRoutes routes, Problems problems) {
    routes
        .regionsByAccount()
        .forEach(
            (account, regions) ->
                endpoints.checkControl(
                    "resilient.accounts." + account, properties(account), regions, problems));
  }

  private AccountProperties properties(String account) {
    return accounts.getOrDefault(account, AccountProperties.DEFAULT_CHAIN);
  }
}
