package io.github.resilientchat.autoconfigure.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Circuit breaker of a target.
 *
 * @param failureRate Percentage of failed calls that opens it.
 * @param minimumCalls Calls in the window before the rate counts.
 * @param window Length of the sliding window, in whole seconds.
 * @param openFor How long it stays open.
 * @param halfOpenCalls Probes that decide whether it closes again.
 */
record BreakerProperties(
    @Nullable Integer failureRate,
    @Nullable Integer minimumCalls,
    @Nullable Duration window,
    @Nullable Duration openFor,
    @Nullable Integer halfOpenCalls) {

  static final BreakerProperties UNSET = new BreakerProperties(null, null, null, null, null);
}
