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

  /** A call of a newcomer counts on the account that newcomers share, for want of accounts. */
  default void onOverflow(Scope scope, String plan) {}
}
