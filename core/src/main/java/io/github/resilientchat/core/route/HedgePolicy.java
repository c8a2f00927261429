package io.github.resilientchat.core.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a streamed call that waits for its first token asks a second target too. The first with
 * content wins, the other is cancelled; what the loser cost is charged. Never with tools, never
 * while quota is short, and only for a small share of the calls.
 *
 * @param after how long to wait for the first token before hedging, or null for never
 * @param maxPercent hedges in percent of the route's calls, at most 5
 */
public record HedgePolicy(@Nullable Duration after, int maxPercent) {

  private static final int MOST_PERCENT = 5;

  /** No hedging. */
  public static final HedgePolicy OFF = new HedgePolicy(null, MOST_PERCENT);

  public HedgePolicy {
    if (after != null && (after.isZero() || after.isNegative())) {
      throw new IllegalArgumentException("hedge after must be positive: " + after);
    }
    if (maxPercent < 0 || maxPercent > MOST_PERCENT) {
      throw new IllegalArgumentException(
          "hedges must be 0 to " + MOST_PERCENT + " percent of the calls: " + maxPercent);
    }
  }
}
