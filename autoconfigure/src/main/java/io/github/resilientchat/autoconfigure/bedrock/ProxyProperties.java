package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.bedrock.HttpProxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The proxy through which everything goes that leaves for AWS.
 *
 * @param host Name or address of the proxy, without a scheme; no proxy when not set.
 * @param port Port of the proxy; required with a host, and of no use when not set.
 * @param username Name for a proxy that asks who comes; none when not set.
 * @param password Password that goes with the name; none when not set.
 * @param nonProxyHosts Hosts that are reached directly, such as localhost or *.internal; none when
 *     not set.
 */
@ConfigurationProperties("resilient.proxy")
record ProxyProperties(
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue Set<String> nonProxyHosts) {

  private static final String KEY = "resilient.proxy";

  /** The proxy, or null where none is configured. */
  @Nullable HttpProxy proxy() {
    if (host == null) {
      if (port != null || username != null || password != null || !nonProxyHosts.isEmpty()) {
        throw new InvalidConfigurationException(
            KEY + ".host", null, "is missing, though other keys of the proxy are set", "set it");
      }
      return null;
    }
    if (port == null) {
      throw new InvalidConfigurationException(
          KEY + ".port", null, "is missing", "set the port of the proxy, such as 3128");
    }
    try {
      return new HttpProxy(host, port, username, password, nonProxyHosts);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          KEY,
          null,
          String.valueOf(e.getMessage()),
          "write "
              + KEY
              + ".host=proxy.internal, "
              + KEY
              + ".port=3128, and the user name and"
              + " password apart");
    }
  }

  /** Never shows who the proxy is used as. */
  @Override
  public String toString() {
    return "ProxyProperties[" + host + ":" + port + "]";
  }
}
