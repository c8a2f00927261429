package io.github.resilientchat.bedrock;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps signed prompts from being sent to a host that a configuration mistake or an attacker set.
 */
final class EndpointGuard {

  private static final List<String> AWS_DOMAINS =
      List.of(".amazonaws.com", ".amazonaws.com.cn", ".api.aws");

  // Literal addresses and localhost only: a name that resolves to 127.0.0.1 today may not tomorrow.
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(0*:)*:?0*1]");

  private EndpointGuard() {}

  static void require(String account, URI endpoint) {
    String scheme = lower(endpoint.getScheme());
    String host = lower(endpoint.getHost());
    if (endpoint.getRawUserInfo() != null
        || endpoint.getRawQuery() != null
        || endpoint.getRawFragment() != null) {
      // Not shown: user info may hold a secret.
      throw new IllegalArgumentException(
          "endpoint of account " + account + " must be a scheme, a host and a port only");
    }
    boolean loopback = LOOPBACK.matcher(host).matches();
    boolean aws = AWS_DOMAINS.stream().anyMatch(host::endsWith);
    if (!(scheme.equals("https") && (aws || loopback)) && !(scheme.equals("http") && loopback)) {
      throw new IllegalArgumentException(
          "endpoint of account %s must be https at %s, or on this machine: %s"
              .formatted(account, AWS_DOMAINS, endpoint));
    }
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
