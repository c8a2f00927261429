package io.github.resilientchat.console;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** With Spring Security: whoever has signed in and has the role. */
record RoleDoor(String role) implements Door {

  @Override
  public boolean opensFor(@Nullable Principal principal, @Nullable String host) {
    String authority = "ROLE_" + role;
    return principal instanceof Authentication signedIn
        && signedIn.isAuthenticated()
        && signedIn.getAuthorities().stream()
            .anyMatch(granted -> authority.equals(granted.getAuthority()));
  }
}
