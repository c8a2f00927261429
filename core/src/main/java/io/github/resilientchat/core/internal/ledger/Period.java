package io.github.resilientchat.core.internal.ledger;

/** A window of the calendar. */
public enum Period {
  HOUR,
  DAY,
  MONTH
}
