package io.github.resilientchat.core.quota;

import java.util.concurrent.atomic.AtomicBoolean;

/** Tokens and a slot taken from a ledger. The first ending counts, every later one does nothing. */
public final class Reservation implements LimitLedger.Decision {

  private final LimitLedger ledger;
  private final long tokens;
  private final AtomicBoolean ended = new AtomicBoolean();

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
    if (ended.compareAndSet(false, true)) {
      ledger.end(tokens, used, giveRequestBack);
    }
  }
}
