package io.github.resilientchat.core.internal.time;

import java.time.Duration;
import java.util.Locale;

/** Writes durations for people. */
public final class Wait {

  private Wait() {}

  public static String text(Duration wait) {
    if (wait.compareTo(Duration.ofMillis(1)) < 0) {
      return "under 1 ms";
    }
    if (wait.compareTo(Duration.ofSeconds(1)) < 0) {
      return wait.toMillis() + " ms";
    }
    return String.format(Locale.ROOT, "%.3f s", wait.toNanos() / 1e9);
  }
}
