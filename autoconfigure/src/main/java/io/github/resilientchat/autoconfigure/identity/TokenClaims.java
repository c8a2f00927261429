package io.github.resilientchat.autoconfigure.identity;

import java.util.Map;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/** The verified claims behind an authentication; loaded only where Spring Security knows tokens. */
final class TokenClaims {

  private TokenClaims() {}

  static Map<String, Object> of(Authentication authentication) {
    Object principal = authentication.getPrincipal();
    if (principal instanceof ClaimAccessor token) {
      return token.getClaims();
    }
    if (principal instanceof OAuth2AuthenticatedPrincipal user) {
      return user.getAttributes();
    }
    return authentication.getCredentials() instanceof ClaimAccessor token
        ? token.getClaims()
        : Map.of();
  }
}
