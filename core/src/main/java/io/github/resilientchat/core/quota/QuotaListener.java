package io.github.resilientchat.core.quota;

/**
 * Is told what callers use. Called on the thread that begins or ends a call, under no lock, so it
 * must be quick; what it throws is logged and dropped.
 */
public interface QuotaListener {

  /** A share of a limit was reached. */
  default void onLimit(QuotaEvent event) {}

  /** A call that was let in is over. */
  default void onUsage(UsageEvent event) {}

  /**
   * A limit had no room for a call. Told once when it begins to wait in line, and once when it is
   * turned away, from there or at once.
   *
   * @param plan the plan that the limit belongs to; of a limit of a tenant, a route or the
   *     application as it is called there
   * @param limit as configured
   * @param waits whether it waits in line; else it is refused, or goes over another route
   */
  default void onShortage(Scope scope, String plan, String limit, boolean waits) {}

  /** A call of a newcomer counts on the account that newcomers share, for want of accounts. */
  default void onOverflow(Scope scope, String plan) {}
}
