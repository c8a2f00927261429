package io.github.resilientchat.autoconfigure.identity;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the caller of a call is known.
 *
 * @param sources Who may say whom a call is made for, where nothing nearer to the call does: 'bean'
 *     (CallerResolver beans), 'security' (Spring Security), 'header' (a trusted proxy). All that
 *     are there when not set; always asked in this order.
 * @param userClaim Claim of the token that is the user's id; when not set, the name that Spring
 *     Security gives. A token without it names nobody.
 * @param tenantClaim Claim of the token that is the tenant's id; none when not set.
 * @param groupClaim Claim of the token that lists the user's groups; when not set, the authorities
 *     are.
 * @param header What a trusted proxy says in headers.
 */
@ConfigurationProperties("resilient.identity")
record CallerSourcesProperties(
    @Nullable Set<Source> sources,
    @Nullable String userClaim,
    @Nullable String tenantClaim,
    @Nullable String groupClaim,
    @DefaultValue Header header) {

  /** Who says whom a call is made for. */
  enum Source {
    BEAN,
    SECURITY,
    HEADER
  }

  /**
   * What a trusted proxy says in headers.
   *
   * @param user Name of the header that holds the user's id; switches the source on. None when not
   *     set.
   * @param tenant Name of the header that holds the tenant's id; none when not set.
   * @param trustedProxies Addresses or networks (10.1.0.0/16) of proxies whose headers count; those
   *     of everybody else are ignored. None when not set.
   */
  record Header(
      @Nullable String user, @Nullable String tenant, @DefaultValue List<String> trustedProxies) {}

  boolean asks(Source source) {
    return sources == null
        ? source != Source.HEADER || header.user() != null
        : sources.contains(source);
  }
}
