package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.report.SkippedTarget;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A gate that is shut.
 *
 * @param gate which one and why, safe to show, such as {@code over 3rpm}
 * @param retryAfter when it may open, or null when nobody knows
 * @param reason what it is for
 */
public record Refusal(String gate, @Nullable Duration retryAfter, Reason reason) {

  /** What a gate is shut for, which decides who is asked when every target refuses. */
  public enum Reason {
    /** The target failed: a few calls a second may ask it all the same. */
    HEALTH,
    /** A quota or the provider's word: never overruled, but it says nothing of other targets. */
    WORD,
    /**
     * There is no room now: never overruled, and while the target is well nobody else is either.
     */
    ROOM
  }

  /** The target as a call that it did not let in reports it. */
  public SkippedTarget of(Target target) {
    return new SkippedTarget(target, gate, retryAfter);
  }
}
