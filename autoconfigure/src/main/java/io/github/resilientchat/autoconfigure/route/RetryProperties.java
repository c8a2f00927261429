package io.github.resilientchat.autoconfigure.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Attempts and backoff of a call.
 *
 * @param maxAttempts Attempts of one call over all targets, the first included. Targets that are
 *     out of their reach are warned of; where it is not written not among those that calls are
 *     spread over, since each of them is the first of some.
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
