package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.core.route.Resume;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The leaves that a route and the defaults of all routes have in common; unset ones are null. */
interface RouteSettings {

  @Nullable String strategy();

  @Nullable Duration timeout();

  @Nullable Duration attemptTimeout();

  @Nullable Duration firstTokenTimeout();

  @Nullable Duration idleTimeout();

  @Nullable Duration maxWait();

  @Nullable Resume resume();

  @Nullable List<FallbackOn> fallbackOn();

  @Nullable Duration maxRetryAfter();

  @Nullable List<String> residency();

  RetryProperties retry();

  BreakerProperties breaker();

  HedgeProperties hedge();

  ModelOptions options();
}
