package io.github.resilientchat.autoconfigure.identity;

import io.github.resilientchat.autoconfigure.identity.CallerSourcesProperties.Source;
import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.keys.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * What is wrong with how callers are known.
 *
 * @param loader knows what is on the class path
 */
record IdentityCheck(CallerSourcesProperties identity, @Nullable ClassLoader loader)
    implements ConfigurationCheck {

  private static final String PREFIX = "resilient.identity.";
  private static final String SECURITY =
      "org.springframework.security.core.context.SecurityContextHolder";
  private static final String TOKENS = "org.springframework.security.oauth2.core.ClaimAccessor";

  @Override
  public void check(Problems problems) {
    sources(problems);
    claim("user-claim", identity.userClaim(), problems);
    claim("tenant-claim", identity.tenantClaim(), problems);
    claim("group-claim", identity.groupClaim(), problems);
    header(problems);
  }

  private boolean isPresent(String type) {
    return ClassUtils.isPresent(type, loader);
  }

  private void sources(Problems problems) {
    if (identity.sources() == null) {
      return;
    }
    if (identity.sources().contains(Source.SECURITY) && !isPresent(SECURITY)) {
      problems.add(
          PREFIX + "sources",
          "security",
          "names Spring Security, which is not on the class path",
          "add org.springframework.boot:spring-boot-starter-security, or leave 'security' out");
    }
    if (identity.sources().contains(Source.HEADER) && identity.header().user() == null) {
      problems.add(
          PREFIX + "header.user",
          null,
          "is missing, but 'header' is one of " + PREFIX + "sources",
          "name the header in which the proxy says who the user is, or leave 'header' out");
    }
  }

  private void claim(String key, @Nullable String name, Problems problems) {
    if (name == null) {
      return;
    }
    if (!isPresent(SECURITY)) {
      problems.add(
          PREFIX + key,
          name,
          "is a claim of a token, and Spring Security, which verifies tokens, is not on the class path",
          "add org.springframework.boot:spring-boot-starter-oauth2-resource-server, or remove the"
              + " key");
    } else if (!isPresent(TOKENS)) {
      problems.add(
          PREFIX + key,
          name,
          "is a claim of a token, and nothing on the class path knows tokens",
          "add org.springframework.boot:spring-boot-starter-oauth2-resource-server, or remove the"
              + " key");
    } else if (!identity.asks(Source.SECURITY)) {
      problems.add(
          PREFIX + key,
          name,
          "has no effect, because " + PREFIX + "sources leaves 'security' out",
          "add 'security' to the sources, or remove the key");
    }
  }

  private void header(Problems problems) {
    CallerSourcesProperties.Header header = identity.header();
    if (header.user() == null) {
      if (header.tenant() != null || !header.trustedProxies().isEmpty()) {
        problems.add(
            PREFIX + "header.user",
            null,
            "is missing, and without it the other keys of " + PREFIX + "header have no effect",
            "name the header in which the proxy says who the user is, or remove the others");
      }
      return;
    }
    if (!identity.asks(Source.HEADER)) {
      problems.add(
          PREFIX + "header.user",
          header.user(),
          "has no effect, because " + PREFIX + "sources leaves 'header' out",
          "add 'header' to the sources, or remove the key");
    }
    if (header.trustedProxies().isEmpty()) {
      problems.add(
          PREFIX + "header.trusted-proxies",
          null,
          "is missing: anybody could send the header " + header.user(),
          "list the addresses of the proxies that set it, such as 10.1.0.0/16");
    }
    for (String proxy : header.trustedProxies()) {
      proxy(proxy, problems);
    }
  }

  private void proxy(String text, Problems problems) {
    String problem = null;
    try {
      problem = Network.parse(text).prefix() == 0 ? "trusts every address there is" : null;
    } catch (IllegalArgumentException e) {
      problem = String.valueOf(e.getMessage());
    }
    if (problem != null) {
      problems.add(
          PREFIX + "header.trusted-proxies",
          text,
          problem,
          "write addresses or networks of the proxies, such as 10.1.0.7 or 10.1.0.0/16");
    }
  }
}
