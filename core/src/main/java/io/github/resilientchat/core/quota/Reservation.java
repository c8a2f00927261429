package io.github.resilientchat.core.quota;

/**
 * What a call holds of its caller's limits while it runs. The engine ends it exactly once, by one
 * of these; whatever an implementation throws is logged and ends nothing else. Thread-safe.
 */
public interface Reservation {

  /** Replaces the reserved tokens by what was really used. */
  void settle(long used);

  /** Keeps the reserved tokens charged: usage is unknown, but there was some. */
  void keep();

  /** Gives everything back, the request too: nothing was used. */
  void giveBack();
}
