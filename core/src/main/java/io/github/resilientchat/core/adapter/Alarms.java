package io.github.resilientchat.core.adapter;

import java.time.Duration;

/** A clock that wakes. Thread-safe; what it runs must be short and nobody's callback. */
@FunctionalInterface
public interface Alarms {

  /** Runs the action once, after the delay, unless cancelled before. */
  Alarm after(Duration delay, Runnable action);

  /** Something that will be run. */
  @FunctionalInterface
  interface Alarm {

    /** Lets go of it; what is cancelled is kept no longer. */
    void cancel();
  }
}
