package io.github.resilientchat.core.quota;

/**
 * What a call holds of its caller's limits while it runs. The engine ends it once, by {@link
 * #settle(Bill)}; when that throws, it is logged, ends nothing else, and is said again later with
 * the same bill, until it does not throw or has been said too often. So the first ending counts,
 * and every later one does nothing. Thread-safe.
 */
public interface Reservation {

  /** Replaces what was reserved by what the call used, as far as that is known. */
  default void settle(Bill bill) {
    if (bill.isNothing()) {
      giveBack();
    } else if (bill.open()) {
      keep();
    } else {
      settle(bill.tokens(TokenWeights.DEFAULTS));
    }
  }

  /** The same at a moment of the ticker that the quotas were bound with. */
  default void settle(Bill bill, long now) {
    settle(bill);
  }

  /** Replaces the reserved tokens by what was really used. */
  void settle(long used);

  /** Keeps the reserved tokens charged: usage is unknown, but there was some. */
  void keep();

  /** Gives everything back, the request too: nothing was used. */
  void giveBack();
}
