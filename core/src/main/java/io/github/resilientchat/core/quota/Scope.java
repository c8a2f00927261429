package io.github.resilientchat.core.quota;

import java.util.Locale;

/** Whom a limit holds for. A call counts in every scope that has limits, in all of them or none. */
public enum Scope {
  /** One user of one tenant. */
  USER,
  /** All users of a tenant together. */
  TENANT,
  /** All calls over a route together. */
  ROUTE,
  /** All calls together. */
  APPLICATION;

  /** The scope as it is written. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
