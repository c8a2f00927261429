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

  /** Longer names are refused: none that an identity provider gives is, and each is kept. */
  public static final int LONGEST_NAME = 2_048;

  public Caller {
    check("user", user);
    check("tenant", tenant);
    groups = Set.copyOf(groups);
  }

  private static void check(String what, @Nullable String name) {
    if (name == null) {
      return;
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException(what + " must not be blank: leave it out instead");
    }
    if (name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          what + " has " + name.length() + " characters, more than " + LONGEST_NAME);
    }
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

  /** For logs: on one line, whatever the names hold. */
  @Override
  public String toString() {
    return "Caller[user="
        + escaped(user)
        + ", tenant="
        + escaped(tenant)
        + ", groups="
        + groups.stream().map(Caller::escaped).sorted().toList()
        + "]";
  }

  private static String escaped(@Nullable String name) {
    if (name == null) {
      return "null";
    }
    StringBuilder text = new StringBuilder(name.length());
    name.chars()
        .forEach(
            letter -> {
              if (Character.isISOControl(letter) || letter == 0x2028 || letter == 0x2029) {
                text.append(String.format("\\u%04x", letter));
              } else {
                text.append((char) letter);
              }
            });
    return text.toString();
  }
}
