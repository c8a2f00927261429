package io.github.resilientchat.simulator;

/** Tokens set aside for one admitted call; must be settled exactly once, when the call ends. */
interface Reservation {

  /** Replaces the reserved amount by what the call really cost. */
  void settle(double tokens);
}
