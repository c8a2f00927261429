package io.github.resilientchat.core.internal.ledger;

/**
 * A limit of which more is used than was told before in this window.
 *
 * @param account which of the claim's accounts
 * @param meter which of its limits
 * @param percent the share that was reached
 * @param used what counts now
 */
public record Crossing(int account, int meter, int percent, long used) {}
