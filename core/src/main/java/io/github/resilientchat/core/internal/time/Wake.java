package io.github.resilientchat.core.internal.time;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Wakes. What it runs must be short and nobody's callback. Thread-safe. */
@FunctionalInterface
public interface Wake {

  /**
   * Runs the action once, after so many nanoseconds.
   *
   * @return lets go of it; what is let go of is kept no longer
   */
  Runnable after(long nanos, Runnable action);

  /** The one timer that every Java platform has. */
  static Wake system() {
    return (nanos, action) -> {
      CompletableFuture<Boolean> due =
          new CompletableFuture<Boolean>()
              .completeOnTimeout(true, Math.max(0, nanos), TimeUnit.NANOSECONDS);
      due.thenRun(action);
      return () -> due.cancel(false);
    };
  }
}
