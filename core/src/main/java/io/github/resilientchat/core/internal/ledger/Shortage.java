package io.github.resilientchat.core.internal.ledger;

/**
 * Why a claim was refused.
 *
 * @param account which of the claim's accounts
 * @param meter which of its limits
 * @param waitNanos until it fits if nothing else comes first
 * @param mayWait whether one who is ready to wait has a place in line
 */
public record Shortage(int account, int meter, long waitNanos, boolean mayWait) {

  /** An account of the claim was given up in between: look it up and ask again. */
  static final Shortage GONE = new Shortage(-1, -1, 0, false);

  /** What is asked for is more than the limit. */
  public static Shortage forEver(int account, int meter) {
    return new Shortage(account, meter, Meter.NEVER, false);
  }

  public boolean isGone() {
    return account < 0;
  }

  /** Whether no wait would help. */
  public boolean isForEver() {
    return waitNanos == Meter.NEVER;
  }

  Shortage withoutWaiting() {
    return new Shortage(account, meter, waitNanos, false);
  }
}
