package io.github.resilientchat.autoconfigure.identity;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.report.InvalidCallerException;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import reactor.core.publisher.Mono;

/** Whom Spring Security has signed in for the reactive chain that asks. */
public final class SignedInUsers {

  private final boolean asked;
  private final SecurityCallers callers;

  SignedInUsers(boolean asked, SecurityCallers callers) {
    this.asked = asked;
    this.callers = callers;
  }

  /** Who it is, known once it emits; empty when nobody is signed in. */
  public Mono<CallerResolver> sender() {
    if (!asked) {
      return Mono.empty();
    }
    return ReactiveSecurityContextHolder.getContext()
        .mapNotNull(SecurityContext::getAuthentication)
        .map(this::resolver);
  }

  /** A name that can be nobody's refuses calls, and not requests that make none. */
  private CallerResolver resolver(Authentication authentication) {
    try {
      Optional<Caller> caller = callers.of(authentication);
      return () -> caller;
    } catch (InvalidCallerException invalid) {
      return () -> {
        throw new InvalidCallerException(String.valueOf(invalid.getMessage()));
      };
    }
  }
}
