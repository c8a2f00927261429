package io.github.resilientchat.streaming;

import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.RetryPolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import java.time.Duration;

/** How patient a route is, where a case is about that. */
final class Policies {

  static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration SHORTER = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofDays(30);

  /** Sooner than a long pause, however it is spread, and later than a slow machine's answer. */
  static final Duration SOONER = Duration.ofSeconds(10);

  /** Each attempt has a short time for its first signal and for each further one. */
  static final RoutePolicy IMPATIENT =
      RoutePolicy.DEFAULTS
          .withAttemptTimeout(SHORT)
          .withFirstTokenTimeout(SHORT)
          .withIdleTimeout(SHORT);

  /** The whole call has a short time. */
  static final RoutePolicy DEADLINE = RoutePolicy.DEFAULTS.withTimeout(SHORT);

  /** A pause before a retry, spread from nothing to this, is longer than any test. */
  static final RoutePolicy PAUSING =
      RoutePolicy.DEFAULTS.withTimeout(LONG).withRetry(new RetryPolicy(3, LONG, LONG));

  /** A pause before a retry takes next to nothing. */
  static final RetryPolicy AT_ONCE =
      new RetryPolicy(3, Duration.ofMillis(20), Duration.ofMillis(20));

  /** A call waits for room. */
  static final RoutePolicy WAITING = RoutePolicy.DEFAULTS.withMaxWait(Duration.ofSeconds(100));

  /** A second target is asked after a while. */
  static final RoutePolicy HEDGING = RoutePolicy.DEFAULTS.withHedge(new HedgePolicy(SHORTER, 5));

  private Policies() {}
}
