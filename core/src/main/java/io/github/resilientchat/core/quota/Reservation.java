package io.github.resilientchat.core.quota;

/** Tokens and a slot taken from a ledger. The first ending counts, every later one does nothing. */
public final class Reservation implements LimitLedger.Decision {

  private final LimitLedger ledger;
  private final long tokens;
  private boolean ended;

  Reservation(LimitLedger ledger, long tokens) {
    this.ledger = ledger;
    this.tokens = tokens;
  }

  /** Replaces the reserved tokens by what was really used. */
  public void settle(long used) {
    end(used, false);
  }

  /** Keeps the reserved tokens charged: usage is unknown, but there was some. */
  public void keep() {
    end(tokens, false);
  }

  /** Gives everything back, the request too: nothing was used. */
  public void giveBack() {
    end(0, true);
  }

  private void end(long used, boolean giveRequestBack) {
    ledger.end(this, used, giveRequestBack);
  }

  long tokens() {
    return tokens;
  }

  /** Whether this is the ending that counts; asked under the ledger's lock. */
  boolean endsNow() {
    boolean first = !ended;
    ended = true;
    return first;
  }
}
