package io.github.resilientchat.core;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The verified user and tenant that a call is made for. Quotas are kept per caller, so the values
 * must come from verified identity, never from a request body.
 *
 * @param user stable id of the user, or null when nobody is known
 * @param tenant stable id of the tenant, or null
 * @param groups groups of the user, matched by plans
 */
public record Caller(@Nullable String user, @Nullable String tenant, Set<String> groups) {

  /** Nobody in particular; refused where quotas are set, unless anonymous calls are allowed. */
  public static final Caller ANONYMOUS = new Caller(null, null, Set.of());

  public Caller {
    if (user != null && user.isBlank()) {
      throw new IllegalArgumentException("user must not be blank: leave it out instead");
    }
    groups = Set.copyOf(groups);
  }

  /** The caller with this user id and no tenant. */
  public static Caller user(String user) {
    return new Caller(user, null, Set.of());
  }

  /** The caller with this user id in this tenant. */
  public static Caller of(String user, String tenant) {
    return new Caller(user, tenant, Set.of());
  }

  public boolean isAnonymous() {
    return user == null;
  }
}
