package io.github.resilientchat.core.quota;

/**
 * What a call holds of its caller's limits while it runs. The engine ends it exactly once, by one
 * of these; whatever an implementation throws is logged and ends nothing else. Thread-safe.
 */
public interface Reservation {

  /**
   * Ends it with all that is known of what the call used. The engine calls this one.
   *
   * <p>When it throws, it is repeated later with the same bill, some times: so it must count once
   * however often it is called.
   */
  default void settle(Bill bill) {
    if (bill.isNothing()) {
      giveBack();
    } else if (bill.open()) {
      keep();
    } else {
      settle(bill.tokens(TokenWeights.DEFAULTS));
    }
  }

  /** Replaces the reserved tokens by what was really used. */
  void settle(long used);

  /** Keeps the reserved tokens charged: usage is unknown, but there was some. */
  void keep();

  /** Gives everything back, the request too: nothing was used. */
  void giveBack();
}
