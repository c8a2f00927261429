package io.github.resilientchat.samples.fivepatterns;

import java.util.List;
import java.util.function.Supplier;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/** A user whom Spring Security has signed in, as its filters do for a request. */
final class SignedIn {

  private SignedIn() {}

  /** Works for the user on this thread. */
  static <T> T as(String user, Supplier<T> work) {
    SecurityContextHolder.setContext(
        new SecurityContextImpl(
            UsernamePasswordAuthenticationToken.authenticated(user, "no password", List.of())));
    try {
      return work.get();
    } finally {
      SecurityContextHolder.clearContext();
    }
  }
}
