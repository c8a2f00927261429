package io.github.resilientchat.bedrock;

import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

/**
 * The proxy through which everything goes: calls, streams and the service that gives out sessions.
 * What the surroundings name is then not asked. TLS goes through it untouched. Shown as text, it
 * does not reveal who it is used as.
 *
 * @param username for proxies that ask who comes, together with the password
 * @param nonProxyHosts that are reached directly; {@code *} in them stands for anything
 */
public record HttpProxy(
    String host,
    int port,
    @Nullable String username,
    @Nullable String password,
    Set<String> nonProxyHosts) {

  public HttpProxy {
    if (host.isBlank() || host.contains("/") || host.contains("@")) {
      // Not shown: who writes a URI here may have written a password into it.
      throw new IllegalArgumentException("a proxy's host is a name or an address without a scheme");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a proxy's port is from 1 to 65535: " + port);
    }
    if ((username == null) != (password == null)) {
      throw new IllegalArgumentException("a proxy's user name and password go together");
    }
    nonProxyHosts = Set.copyOf(nonProxyHosts);
  }

  ProxyConfiguration forCalls() {
    return ProxyConfiguration.builder()
        .endpoint(URI.create("http://" + host + ":" + port))
        .username(username)
        .password(password)
        .nonProxyHosts(patterns())
        .preemptiveBasicAuthenticationEnabled(username != null)
        .useSystemPropertyValues(false)
        .useEnvironmentVariableValues(false)
        .build();
  }

  software.amazon.awssdk.http.nio.netty.ProxyConfiguration forStreams() {
    return software.amazon.awssdk.http.nio.netty.ProxyConfiguration.builder()
        .scheme("http")
        .host(host)
        .port(port)
        .username(username)
        .password(password)
        .nonProxyHosts(patterns())
        .useSystemPropertyValues(false)
        .useEnvironmentVariableValues(false)
        .build();
  }

  /** Both clients take regular expressions. */
  private Set<String> patterns() {
    return nonProxyHosts.stream()
        .map(name -> name.replace(".", "\\.").replace("*", ".*"))
        .collect(Collectors.toSet());
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
