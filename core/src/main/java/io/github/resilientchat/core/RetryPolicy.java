package io.github.resilientchat.core;

import java.time.Duration;

/**
 * How often a call tries, over all targets together, and how it backs off before it tries the same
 * target again. Moving to another target needs no backoff.
 *
 * @param maxAttempts attempts of one call, the first included
 * @param backoff upper bound of the first jittered delay; doubles with each retry
 * @param maxBackoff the longest such delay
 */
public record RetryPolicy(int maxAttempts, Duration backoff, Duration maxBackoff) {

  /** 3 attempts, 200 ms growing to 5 s. */
  public static final RetryPolicy DEFAULTS =
      new RetryPolicy(3, Duration.ofMillis(200), Duration.ofSeconds(5));

  public RetryPolicy {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("max attempts must be at least 1: " + maxAttempts);
    }
    if (backoff.isNegative() || maxBackoff.compareTo(backoff) < 0) {
      throw new IllegalArgumentException(
          "backoff must be between zero and max backoff: " + backoff + ", " + maxBackoff);
    }
  }
}
