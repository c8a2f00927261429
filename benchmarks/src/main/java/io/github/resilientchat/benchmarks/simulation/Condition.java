package io.github.resilientchat.benchmarks.simulation;

import org.jspecify.annotations.Nullable;

/** The state of a deployment that a fault puts it into. */
enum Condition {
  HEALTHY(null, 0, 1, 1),
  FAILS_FAST(ProviderError.BROKEN, 0.05, 1, 1),
  OUT_OF_CAPACITY(ProviderError.OUT_OF_CAPACITY, 0.1, 1, 1),
  REVOKED(ProviderError.REVOKED, 0.04, 1, 1),
  OVER_DAILY_QUOTA(ProviderError.DAILY_QUOTA, 0.06, 1, 1),
  SLOW(null, 0, 6, 1),
  /** Another client uses half of the quota. */
  HALVED(null, 0, 1, 0.5),
  /** Takes the request and never answers. */
  HANGS(null, 0, 1e6, 1);

  private final @Nullable ProviderError error;
  private final double errorSeconds;
  private final double slowness;
  private final double quotaShare;

  Condition(
      @Nullable ProviderError error, double errorSeconds, double slowness, double quotaShare) {
    this.error = error;
    this.errorSeconds = errorSeconds;
    this.slowness = slowness;
    this.quotaShare = quotaShare;
  }

  /** What every request gets, or null when it is served. */
  @Nullable ProviderError error() {
    return error;
  }

  double errorSeconds() {
    return errorSeconds;
  }

  double slowness() {
    return slowness;
  }

  double quotaShare() {
    return quotaShare;
  }
}
