package io.github.resilientchat.core.internal.ledger;

/**
 * The wall clock as it was read then.
 *
 * @param nanos of the ticker, since the calendar was made
 * @param periods the windows of the calendar that it is in
 */
record Wall(long nanos, long millis, Periods periods) {}
