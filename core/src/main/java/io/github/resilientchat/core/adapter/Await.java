package io.github.resilientchat.core.adapter;

import java.time.Duration;

/**
 * A question to somebody elsewhere, such as a store that instances share, before the call goes on.
 * It is under way and needs no thread. Holds no permit; ended once, by resuming or cancelling.
 */
public non-sealed interface Await extends Step {

  /** How long to wait for the answer: what is left of the call's time. */
  Duration patience();

  /**
   * Runs the action once, when there is an answer, or at once if there is one already. To be said
   * once.
   *
   * @param action runs on whatever thread brings the answer: short, and nobody's callback
   */
  void onAnswer(Runnable action);

  /** What follows from the answer; without one, the call's time is up. */
  Step resume();

  /** The caller went away while waiting. An answer that still comes is given back. */
  void cancelled();
}
