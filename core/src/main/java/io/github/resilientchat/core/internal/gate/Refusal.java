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
 * @param mayProbe whether a few calls may be risked when every target refuses: so with breakers and
 *     with rests that are not firm, never with quotas
 */
public record Refusal(String gate, @Nullable Duration retryAfter, boolean mayProbe)
    implements Entry {

  /** A refusal that is never overruled. */
  public Refusal(String gate, @Nullable Duration retryAfter) {
    this(gate, retryAfter, false);
  }

  /** The target as a call that it did not let in reports it. */
  public SkippedTarget of(Target target) {
    return new SkippedTarget(target, gate, retryAfter);
  }
}
