package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.bedrock.QuotaKey;
import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.route.Resume;
import io.github.resilientchat.core.route.StickyBy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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

  @Nullable Duration fastWithin();

  @Nullable Duration maxDuration();

  @Nullable Set<Capability> requires();

  @Nullable List<QuotaKey.Family> families();

  @Nullable StickyBy stickyBy();

  RetryProperties retry();

  BreakerProperties breaker();

  HedgeProperties hedge();

  ModelOptions options();
}
