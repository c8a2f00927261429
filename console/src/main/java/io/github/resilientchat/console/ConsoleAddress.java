package io.github.resilientchat.console;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Where the page is served.
 *
 * @param key the property that says which address the server listens on
 * @param loopback whether nobody but this machine reaches it
 */
record ConsoleAddress(String key, boolean loopback) {

  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  static ConsoleAddress of(Environment environment) {
    boolean own = environment.getProperty("management.server.port") != null;
    String key = own ? "management.server.address" : "server.address";
    return new ConsoleAddress(key, isLoopback(environment.getProperty(key)));
  }

  /** No name is looked up: what a resolver says today it may not say tomorrow. */
  private static boolean isLoopback(@Nullable String address) {
    if (address == null || address.isBlank()) {
      return false;
    }
    String name = address.strip();
    if (NAMES.contains(name)) {
      return true;
    }
    try {
      return name.matches("[0-9.]+|.*:.*") && InetAddress.getByName(name).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Whether a request's host is this machine: a page elsewhere may have a name that leads here. */
  static boolean isThisMachine(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.replaceFirst(":\\d+$", "");
    return NAMES.contains(name);
  }
}
