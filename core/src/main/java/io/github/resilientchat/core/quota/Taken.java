package io.github.resilientchat.core.quota;

/** Tokens and a slot taken from a ledger. The first ending counts, every later one does nothing. */
final class Taken implements Reservation, LimitLedger.Decision {

  private final LimitLedger ledger;
  private final long tokens;
  private boolean ended;

  Taken(LimitLedger ledger, long tokens) {
    this.ledger = ledger;
    this.tokens = tokens;
  }

  @Override
  public void settle(long used) {
    ledger.end(this, used, false);
  }

  @Override
  public void keep() {
    ledger.end(this, tokens, false);
  }

  @Override
  public void giveBack() {
    ledger.end(this, 0, true);
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
