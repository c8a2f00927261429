package io.github.resilientchat.core.internal.ledger;

/** What a meter counts. */
public enum Counted {
  REQUESTS,
  TOKENS,
  /** Billionths of a US dollar. */
  MONEY,
  /** Calls that run now. */
  SLOTS
}
