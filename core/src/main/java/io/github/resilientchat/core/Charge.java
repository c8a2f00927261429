package io.github.resilientchat.core;

import io.github.resilientchat.core.quota.Reservation;
import org.jspecify.annotations.Nullable;

/** What a call costs its caller; settled once, when the call ends. */
final class Charge {

  private @Nullable Reservation reservation;
  private boolean kept;
  private long hedgeTokens;

  void reserved(Reservation granted) {
    reservation = granted;
  }

  /** The reserved tokens stay charged if nobody says what was used. */
  void keep() {
    kept = true;
  }

  /** A lost hedge used so much. */
  void hedged(long tokens) {
    hedgeTokens += tokens;
  }

  /** Settles to what was used; null when nobody knows. */
  void settle(@Nullable Usage usage) {
    if (reservation == null) {
      return;
    }
    if (usage != null) {
      reservation.settle(usage.counted(1) + hedgeTokens);
    } else if (kept) {
      reservation.keep();
    } else {
      reservation.giveBack();
    }
  }
}
