package io.github.resilientchat.core.report;

import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A target that a call passed over without trying it.
 *
 * @param reason which gate was shut and why, such as {@code over 3rpm}
 * @param retryAfter when it may open, or null when nobody knows
 */
public record SkippedTarget(Target target, String reason, @Nullable Duration retryAfter) {

  /** The reason and the wait, for people. */
  public String describe() {
    if (retryAfter == null) {
      return reason;
    }
    long seconds = retryAfter.getSeconds() + (retryAfter.getNano() > 0 ? 1 : 0);
    return reason + " for " + seconds + " s";
  }
}
