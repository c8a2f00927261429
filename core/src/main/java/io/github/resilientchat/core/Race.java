package io.github.resilientchat.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a call that are under way: one, or two while it is hedged. The first with content
 * wins. Guarded by its call.
 */
final class Race {

  private final CallTrail trail;
  private final Charge charge;
  private final TokenEstimate estimate;
  private final List<Attempt> running = new ArrayList<>(1);
  private @Nullable Attempt winner;
  private boolean over;

  Race(CallTrail trail, Charge charge, TokenEstimate estimate) {
    this.trail = trail;
    this.charge = charge;
    this.estimate = estimate;
  }

  void enter(Attempt attempt) {
    running.add(attempt);
  }

  /** Whether an attempt at this target is under way, no other one, and nobody has won. */
  boolean isAlone(Target target) {
    return !over && winner == null && running.size() == 1 && running.get(0).target().equals(target);
  }

  int size() {
    return running.size();
  }

  /** Whether nothing speaks against this attempt: it runs, and no other one has won. */
  boolean mayWin(Attempt attempt) {
    return !over && running.contains(attempt) && (winner == null || winner == attempt);
  }

  void won(Attempt attempt) {
    winner = attempt;
  }

  /** The attempt is out; true when it was the last and nobody has won. */
  boolean leave(Attempt attempt) {
    running.remove(attempt);
    return !over && (winner == null || winner == attempt) && running.isEmpty();
  }

  /** Ends everybody but this attempt; what they cost is charged. */
  void retireOthers(@Nullable Attempt winner) {
    if (running.isEmpty() || running.size() == 1 && running.get(0) == winner) {
      return;
    }
    for (Attempt other : List.copyOf(running)) {
      if (other != winner) {
        running.remove(other);
        AttemptReport lost = other.lost();
        if (lost != null) {
          trail.attempted(lost);
          charge.hedged(estimate.input());
        }
      }
    }
  }

  /** Nothing counts any more. */
  void finish() {
    over = true;
  }

  boolean isOver() {
    return over;
  }
}
