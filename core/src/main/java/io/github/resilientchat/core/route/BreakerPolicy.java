package io.github.resilientchat.core.route;

import java.time.Duration;

/**
 * When a target's circuit breaker opens and how it recovers.
 *
 * @param failureRate percent of the calls in the window that must fail to open it
 * @param minimumCalls calls in the window before the rate means anything; as many failures in a row
 *     open it at once
 * @param window length of the sliding window, in whole seconds, at most a day
 * @param openFor how long it stays open; twice as long after a failed probe
 * @param halfOpenCalls probes that decide whether it closes again
 */
public record BreakerPolicy(
    int failureRate, int minimumCalls, Duration window, Duration openFor, int halfOpenCalls) {

  private static final Duration LONGEST_WINDOW = Duration.ofDays(1);

  /** 50 % of at least 5 calls in 30 s open it for 5 s; a single probe decides. */
  public static final BreakerPolicy DEFAULTS =
      new BreakerPolicy(50, 5, Duration.ofSeconds(30), Duration.ofSeconds(5), 1);

  public BreakerPolicy {
    if (failureRate < 1 || failureRate > 100) {
      throw new IllegalArgumentException("failure rate must be 1 to 100 percent: " + failureRate);
    }
    if (minimumCalls < 1 || halfOpenCalls < 1) {
      throw new IllegalArgumentException(
          "minimum calls and half-open calls must be positive: "
              + minimumCalls
              + ", "
              + halfOpenCalls);
    }
    if (window.toSeconds() < 1 || window.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException("window must be 1 s to 1 day: " + window);
    }
    if (openFor.isZero() || openFor.isNegative()) {
      throw new IllegalArgumentException("open-for must be positive: " + openFor);
    }
  }
}
