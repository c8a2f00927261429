package io.github.resilientchat.langchain4j;

import java.time.Duration;

/** A clock that wakes. What it runs must be short and must never be anybody's callback. */
interface Alarms {

  /** Nanoseconds since an arbitrary origin. */
  long nanos();

  /** Runs the action once, after the delay, unless cancelled before. */
  Alarm after(Duration delay, Runnable action);

  /** Something that will be run. */
  interface Alarm {
    void cancel();
  }
}
