package io.github.resilientchat.autoconfigure.identity;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.report.InvalidCallerException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The caller that a trusted proxy names in headers. From anybody else the headers are nothing, and
 * a header that comes twice, or names nobody, refuses the call: a proxy that adds its own beside a
 * client's is not obeyed.
 */
public final class ProxyHeaders {

  private final String user;
  private final @Nullable String tenant;
  private final List<Network> proxies;

  ProxyHeaders(String user, @Nullable String tenant, List<Network> proxies) {
    this.user = user;
    this.tenant = tenant;
    this.proxies = List.copyOf(proxies);
  }

  /**
   * Who sent the request.
   *
   * @param peer at the other end of the connection, whatever headers say; null when unknown
   * @param values of a header, in their order
   */
  public CallerResolver sender(@Nullable InetAddress peer, Function<String, List<String>> values) {
    if (peer == null || proxies.stream().noneMatch(proxy -> proxy.contains(peer))) {
      return Optional::empty;
    }
    List<String> users = List.copyOf(values.apply(user));
    List<String> tenants = tenant == null ? List.of() : List.copyOf(values.apply(tenant));
    return users.isEmpty() ? Optional::empty : () -> Optional.of(caller(users, tenants));
  }

  private Caller caller(List<String> users, List<String> tenants) {
    String name = only(user, users);
    return new Caller(
        name, tenant == null || tenants.isEmpty() ? null : only(tenant, tenants), Set.of());
  }

  private static String only(String header, List<String> values) {
    if (values.size() > 1) {
      throw new InvalidCallerException("header " + header + " came " + values.size() + " times");
    }
    return CallerNames.checked("header " + header, values.get(0));
  }
}
