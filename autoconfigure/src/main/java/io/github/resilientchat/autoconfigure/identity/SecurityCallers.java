package io.github.resilientchat.autoconfigure.identity;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.report.InvalidCallerException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Whom Spring Security has signed in, as a caller: the authentication's name or a claim of its
 * token, and its authorities or a claim as groups. An anonymous authentication is nobody.
 */
public final class SecurityCallers {

  private final CallerSourcesProperties identity;
  private final Function<Authentication, Map<String, Object>> claims;

  SecurityCallers(
      CallerSourcesProperties identity, Function<Authentication, Map<String, Object>> claims) {
    this.identity = identity;
    this.claims = claims;
  }

  /**
   * The caller.
   *
   * @throws InvalidCallerException if the name can be nobody's
   */
  public Optional<Caller> of(@Nullable Authentication authentication) {
    if (authentication == null
        || !authentication.isAuthenticated()
        || authentication instanceof AnonymousAuthenticationToken) {
      return Optional.empty();
    }
    @Nullable String user = user(authentication);
    return user == null
        ? Optional.empty()
        : Optional.of(new Caller(user, tenant(authentication), groups(authentication)));
  }

  private @Nullable String user(Authentication authentication) {
    return identity.userClaim() == null
        ? CallerNames.checkedIfThere("the name of the signed-in user", authentication.getName())
        : text(authentication, identity.userClaim());
  }

  private @Nullable String tenant(Authentication authentication) {
    return identity.tenantClaim() == null ? null : text(authentication, identity.tenantClaim());
  }

  private @Nullable String text(Authentication authentication, String claim) {
    Object value = claims.apply(authentication).get(claim);
    if (value == null) {
      return null;
    }
    if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
      throw new InvalidCallerException("claim " + claim + " is more than one value");
    }
    return CallerNames.checked("claim " + claim, value.toString());
  }

  /** A claim is a list, or names with blanks between them as a scope has them. */
  private Set<String> groups(Authentication authentication) {
    Set<String> groups = new HashSet<>();
    if (identity.groupClaim() == null) {
      for (GrantedAuthority authority : authentication.getAuthorities()) {
        @Nullable String name = authority.getAuthority();
        if (name != null) {
          groups.add(name);
        }
      }
      return groups;
    }
    Object value = claims.apply(authentication).get(identity.groupClaim());
    if (value instanceof Collection<?> list) {
      list.forEach(one -> groups.add(String.valueOf(one)));
    } else if (value != null) {
      groups.addAll(Arrays.asList(value.toString().trim().split("\\s+")));
    }
    return groups;
  }
}
