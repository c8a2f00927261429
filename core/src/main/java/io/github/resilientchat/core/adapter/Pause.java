package io.github.resilientchat.core.adapter;

import java.time.Duration;

/** A wait before the call goes on. Holds no permit; ended once, by resuming or cancelling. */
public non-sealed interface Pause extends Step {

  Duration delay();

  /** What follows when the delay has passed. */
  Step resume();

  /** The caller went away while waiting. */
  void cancelled();
}
