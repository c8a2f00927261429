package io.github.resilientchat.core.adapter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a streamed call is doing now: one attempt, two while it is hedged, a pause, or a question.
 * Thread-safe; calls nobody.
 */
final class LiveSteps<P> {

  private final List<StreamAttempt<P>> attempts = new ArrayList<>(1);
  private @Nullable Pause pause;
  private @Nullable Await await;
  private boolean won;
  private volatile boolean left;

  /** Whether the attempt may start. */
  synchronized boolean enter(StreamAttempt<P> attempt) {
    if (left || won) {
      return false;
    }
    attempts.add(attempt);
    return true;
  }

  /** Whether the pause may begin. */
  synchronized boolean enter(Pause next) {
    if (left) {
      return false;
    }
    pause = next;
    return true;
  }

  /** The pause, if there is one, which is over. */
  synchronized @Nullable Pause endPause() {
    Pause over = pause;
    pause = null;
    return over;
  }

  /** Whether somebody may be waited for. */
  synchronized boolean enter(Await next) {
    if (left) {
      return false;
    }
    await = next;
    return true;
  }

  /** What was waited for, if anything was, which is over. */
  synchronized @Nullable Await endAwait() {
    Await over = await;
    await = null;
    return over;
  }

  /** Whether this was waited for, which is over. */
  synchronized boolean ends(Await over) {
    boolean live = await == over;
    await = live ? null : await;
    return live;
  }

  synchronized void leave(StreamAttempt<P> attempt) {
    attempts.remove(attempt);
  }

  synchronized List<StreamAttempt<P>> attempts() {
    return List.copyOf(attempts);
  }

  /** One has won; takes out the others. */
  synchronized List<StreamAttempt<P>> allBut(StreamAttempt<P> winner) {
    won = true;
    List<StreamAttempt<P>> others = new ArrayList<>(attempts);
    others.remove(winner);
    attempts.removeAll(others);
    return others;
  }

  /** Takes out all attempts; a fresh start may follow. */
  synchronized List<StreamAttempt<P>> clear() {
    won = false;
    List<StreamAttempt<P>> all = List.copyOf(attempts);
    attempts.clear();
    return all;
  }

  /** The caller leaves, for good; takes out all attempts. */
  synchronized List<StreamAttempt<P>> leave() {
    left = true;
    return clear();
  }

  boolean isLeft() {
    return left;
  }
}
