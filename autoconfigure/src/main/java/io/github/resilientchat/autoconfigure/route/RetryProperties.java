package io.github.resilientchat.autoconfigure.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Attempts and backoff of a call.
 *
 * @param maxAttempts Attempts of one call over all targets, the first included.
 * @param backoff Longest first delay before the same target is tried again; doubles each time.
 * @param maxBackoff Longest such delay.
 * @param budgetPercent Retries of the route in percent of its calls, over ten seconds; ten are
 *     always allowed.
 */
record RetryProperties(
    @Nullable Integer maxAttempts,
    @Nullable Duration backoff,
    @Nullable Duration maxBackoff,
    @Nullable Integer budgetPercent) {

  static final RetryProperties UNSET = new RetryProperties(null, null, null, null);
}
