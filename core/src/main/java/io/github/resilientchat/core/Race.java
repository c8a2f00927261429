package io.github.resilientchat.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a call that are under way: one, or two while it is hedged. The first with content
 * wins. Guarded by its call.
 */
final class Race {

  private final List<Attempt> running = new ArrayList<>(1);
  private @Nullable Attempt winner;
  private boolean over;

  void enter(Attempt attempt) {
    running.add(attempt);
  }

  boolean isRunning(Target target) {
    return running.stream().anyMatch(attempt -> attempt.target().equals(target));
  }

  int size() {
    return running.size();
  }

  /** Makes this attempt the winner; false when another one is, or the race is over. */
  boolean wins(Attempt attempt) {
    if (over || (winner != null && winner != attempt)) {
      return false;
    }
    winner = attempt;
    return true;
  }

  /** The attempt is out; true when it was the last and nobody has won. */
  boolean leave(Attempt attempt) {
    running.remove(attempt);
    return !over && (winner == null || winner == attempt) && running.isEmpty();
  }

  /** Takes out everybody but this attempt. */
  List<Attempt> others(@Nullable Attempt attempt) {
    List<Attempt> others = new ArrayList<>(running);
    others.remove(attempt);
    running.removeAll(others);
    return others;
  }

  /** Nothing counts any more. */
  void finish() {
    over = true;
  }

  boolean isOver() {
    return over;
  }
}
