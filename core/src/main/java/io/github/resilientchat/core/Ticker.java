package io.github.resilientchat.core;

/**
 * A monotonic source of time. Every decision of the engine reads time from here, so that a test or
 * a simulation can run it on a virtual clock.
 */
@FunctionalInterface
public interface Ticker {

  /** Nanoseconds since an arbitrary origin; only differences mean anything. */
  long nanos();

  /** The system's monotonic clock; always the same object. */
  static Ticker system() {
    return SystemTicker.INSTANCE;
  }
}
