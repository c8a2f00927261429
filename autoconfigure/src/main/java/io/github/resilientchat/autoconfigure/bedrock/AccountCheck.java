package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.Problems;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks the credentials and the endpoints of each account. */
final class AccountCheck {

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

  private AccountCheck() {}

  static void check(
      Map<String, AccountProperties> accounts, HttpProperties http, Problems problems) {
    http.allowedHosts().stream()
        .filter(host -> !HOST.matcher(host).matches())
        .forEach(
            host ->
                problems.add(
                    "resilient.http.allowed-hosts",
                    host,
                    "is no name of a host",
                    "write names such as bedrock.internal, without scheme, port or path"));
    EndpointReader endpoints = new EndpointReader(http.guard());
    accounts.forEach(
        (name, account) -> check("resilient.accounts." + name, account, endpoints, problems));
  }

  private static void check(
      String key, AccountProperties account, EndpointReader endpoints, Problems problems) {
    if (account.profile() != null && account.hasKeys()) {
      problems.add(
          key,
          null,
          "has two forms of credentials: a profile and keys",
          "keep either " + key + ".profile or " + key + ".access-key with " + key + ".secret-key");
    } else if (account.hasKeys() && account.accessKey() == null) {
      problems.add(key + ".access-key", null, "is missing", "set it, or remove the other keys");
    } else if (account.hasKeys() && account.secretKey() == null) {
      problems.add(key + ".secret-key", null, "is missing", "set it, or remove the other keys");
    }
    endpoints.check(key, account, problems);
  }
}
