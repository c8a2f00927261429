package io.github.resilientchat.core.route;

import java.time.Duration;

/**
 * How often a call tries, over all targets together, and how it backs off before it tries the same
 * target again. Moving to another target needs no backoff.
 *
 * @param maxAttempts attempts of one call, the first included
 * @param backoff upper bound of the first jittered delay; doubles with each retry
 * @param maxBackoff the longest such delay
 * @param budgetPercent retries of the route in percent of its calls, over ten seconds; ten retries
 *     in ten seconds are always allowed
 */
public record RetryPolicy(
    int maxAttempts, Duration backoff, Duration maxBackoff, int budgetPercent) {

  private static final int DEFAULT_BUDGET_PERCENT = 20;

  /** 3 attempts, 200 ms growing to 5 s, a budget of 20 percent. */
  public static final RetryPolicy DEFAULTS =
      new RetryPolicy(3, Duration.ofMillis(200), Duration.ofSeconds(5));

  /** With a budget of 20 percent. */
  public RetryPolicy(int maxAttempts, Duration backoff, Duration maxBackoff) {
    this(maxAttempts, backoff, maxBackoff, DEFAULT_BUDGET_PERCENT);
  }

  public RetryPolicy {
    if (budgetPercent < 0 || budgetPercent > 100) {
      throw new IllegalArgumentException("retry budget must be 0 to 100 percent: " + budgetPercent);
    }
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("max attempts must be at least 1: " + maxAttempts);
    }
    if (backoff.isNegative() || maxBackoff.compareTo(backoff) < 0) {
      throw new IllegalArgumentException(
          "backoff must be between zero and max backoff: " + backoff + ", " + maxBackoff);
    }
  }
}
