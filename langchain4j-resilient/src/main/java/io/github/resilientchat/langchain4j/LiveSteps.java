package io.github.resilientchat.langchain4j;

import io.github.resilientchat.core.Pause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a streamed call is doing now: one attempt, two while it is hedged, or a pause. Knows whom to
 * stop when one wins and what to end when the caller leaves. Thread-safe; calls nobody while
 * locked.
 */
final class LiveSteps {

  private final List<StreamAttempt> attempts = new ArrayList<>(2);
  private @Nullable StreamAttempt winner;
  private @Nullable Pause pause;
  private volatile boolean cancelled;

  /** Whether the attempt may start; otherwise it is ended. */
  boolean enter(StreamAttempt attempt) {
    boolean late;
    synchronized (this) {
      pause = null;
      late = winner != null;
      if (!cancelled && !late) {
        attempts.add(attempt);
        return true;
      }
    }
    if (late) {
      attempt.stop();
    } else {
      attempt.cancel();
    }
    return false;
  }

  /** Whether the pause may begin; otherwise it is ended. */
  boolean enter(Pause next) {
    synchronized (this) {
      if (!cancelled) {
        pause = next;
        return true;
      }
    }
    next.cancelled();
    return false;
  }

  synchronized void leave(StreamAttempt attempt) {
    attempts.remove(attempt);
  }

  /** Stops the others' exchanges; the engine has ended them already. */
  void won(StreamAttempt attempt) {
    List<StreamAttempt> others;
    synchronized (this) {
      winner = attempt;
      others = new ArrayList<>(attempts);
      others.remove(attempt);
      attempts.removeAll(others);
    }
    others.forEach(StreamAttempt::stop);
  }

  /** The engine has given up: whatever still runs is stopped, and a fresh start may follow. */
  void clear() {
    List<StreamAttempt> running;
    synchronized (this) {
      winner = null;
      running = List.copyOf(attempts);
      attempts.clear();
    }
    running.forEach(StreamAttempt::stop);
  }

  /** The caller leaves, for good. */
  void cancel() {
    List<StreamAttempt> running;
    @Nullable Pause waiting;
    synchronized (this) {
      cancelled = true;
      running = List.copyOf(attempts);
      waiting = pause;
      attempts.clear();
      pause = null;
    }
    running.forEach(StreamAttempt::cancel);
    if (waiting != null) {
      waiting.cancelled();
    }
  }

  boolean isCancelled() {
    return cancelled;
  }
}
