package io.github.resilientchat.streaming;

import io.github.resilientchat.simulator.Invocation;
import io.github.resilientchat.simulator.Invocation.Outcome;

/** An HTTP exchange as the simulator saw it: whose it was, and who ended it. */
record Seen(String account, Outcome outcome) {

  /** Answered to its end. */
  static Seen served(String account) {
    return new Seen(account, Outcome.SERVED);
  }

  /** Ended by its fault. */
  static Seen faulted(String account) {
    return new Seen(account, Outcome.FAULTED);
  }

  /** Closed by this side before its end. */
  static Seen closed(String account) {
    return new Seen(account, Outcome.CANCELLED);
  }

  static Seen of(Invocation exchange) {
    return new Seen(exchange.account(), exchange.outcome());
  }

  @Override
  public String toString() {
    return account + " " + outcome;
  }
}
