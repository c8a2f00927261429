package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.Ticker;

/** What an attempt of a test holds. */
record Permit(Held held, Ticker clock) {

  void release(Outcome outcome) {
    TargetGates.leave(
        held,
        outcome.ending(),
        outcome.then() != null && outcome.then().breaker(),
        null,
        true,
        outcome.elapsedNanos(),
        clock.nanos());
  }

  void working() {
    TargetGates.working(held, clock.nanos());
  }
}
