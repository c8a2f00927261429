package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.Problems;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks the credentials and the endpoint of each account. */
final class AccountCheck {

  private static final Pattern AWS_HOST =
      Pattern.compile("([a-z0-9-]+\\.)+(amazonaws\\.com|amazonaws\\.com\\.cn|api\\.aws)");
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  private AccountCheck() {}

  static void check(Map<String, AccountProperties> accounts, Problems problems) {
    accounts.forEach((name, account) -> check("resilient.accounts." + name, account, problems));
  }

  private static void check(String key, AccountProperties account, Problems problems) {
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
    if (account.endpoint() != null && !isTrusted(account.endpoint())) {
      problems.add(
          key + ".endpoint",
          account.endpoint().toString(),
          "is no endpoint that prompts and signatures may be sent to",
          "use https with a host under amazonaws.com, amazonaws.com.cn or api.aws, or a loopback"
              + " address for a local Bedrock");
    }
  }

  private static boolean isTrusted(URI endpoint) {
    if (endpoint.getHost() == null || endpoint.getUserInfo() != null) {
      return false;
    }
    String host = endpoint.getHost().toLowerCase(Locale.ROOT);
    boolean https = "https".equalsIgnoreCase(endpoint.getScheme());
    return LOOPBACK.contains(host)
        ? https || "http".equalsIgnoreCase(endpoint.getScheme())
        : https && AWS_HOST.matcher(host).matches();
  }
}
