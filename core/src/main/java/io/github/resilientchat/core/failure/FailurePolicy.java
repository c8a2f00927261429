package io.github.resilientchat.core.failure;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a route's owner says about failures.
 *
 * @param fallbackOn kinds that end a call unless they stand here: {@link FailureKind#REJECTED},
 *     {@link FailureKind#FILTERED} and {@link FailureKind#TOO_LONG} then move to another target
 * @param maxRetryAfter the longest that a provider's word lets anything but a used-up daily quota
 *     rest
 */
public record FailurePolicy(Set<FailureKind> fallbackOn, Duration maxRetryAfter) {

  private static final Set<FailureKind> DECIDABLE =
      EnumSet.of(FailureKind.REJECTED, FailureKind.FILTERED, FailureKind.TOO_LONG);

  /** Nothing moves that ends a call by itself; a provider's word counts for a minute at most. */
  public static final FailurePolicy DEFAULTS = new FailurePolicy(Set.of(), Duration.ofMinutes(1));

  public FailurePolicy {
    fallbackOn = Set.copyOf(fallbackOn);
    if (!DECIDABLE.containsAll(fallbackOn)) {
      throw new IllegalArgumentException(
          "fallback-on takes " + DECIDABLE + ", all other kinds move by themselves: " + fallbackOn);
    }
    if (maxRetryAfter.isZero() || maxRetryAfter.isNegative()) {
      throw new IllegalArgumentException("max retry-after must be positive: " + maxRetryAfter);
    }
  }
}
