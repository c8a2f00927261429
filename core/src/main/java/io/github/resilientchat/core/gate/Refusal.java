package io.github.resilientchat.core.gate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A gate that is shut.
 *
 * @param gate which one and why, safe to show, such as {@code over 3rpm}
 * @param retryAfter when it may open, or null when nobody knows
 */
public record Refusal(String gate, @Nullable Duration retryAfter) implements Entry {

  /** The reason and the wait, for people. */
  public String describe() {
    if (retryAfter == null) {
      return gate;
    }
    return gate + " for " + (retryAfter.toMillis() + 999) / 1000 + " s";
  }
}
