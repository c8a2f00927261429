package io.github.resilientchat.simulator;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages away from the admin surface: a browser sends its page's {@code Origin}, and a
 * page that has its name resolve to this machine sends that name as {@code Host}.
 */
final class LocalCallers {

  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private LocalCallers() {}

  static boolean isOne(HttpServerRequest request) {
    @Nullable String host = request.authority() == null ? null : request.authority().host();
    @Nullable String origin = request.getHeader("Origin");
    return host != null && NAMES.contains(host) && (origin == null || isLocal(origin));
  }

  private static boolean isLocal(String origin) {
    try {
      @Nullable String host = URI.create(origin).getHost();
      return host != null && NAMES.contains(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
