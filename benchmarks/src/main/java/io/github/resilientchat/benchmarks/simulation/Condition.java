package io.github.resilientchat.benchmarks.simulation;

import org.jspecify.annotations.Nullable;

/** The state of a deployment that a fault puts it into. */
enum Condition {
  HEALTHY,
  FAILS_FAST(ProviderError.BROKEN, 0.05),
  OUT_OF_CAPACITY(ProviderError.OUT_OF_CAPACITY, 0.1),
  REVOKED(ProviderError.REVOKED, 0.04),
  OVER_DAILY_QUOTA(ProviderError.DAILY_QUOTA, 0.06),
  SLOW {
    @Override
    double slowness() {
      return 6;
    }
  },
  /** Another client uses half of the quota. */
  HALVED {
    @Override
    double quotaShare() {
      return 0.5;
    }
  },
  /** Takes the request and never answers. */
  HANGS {
    @Override
    double slowness() {
      return Double.POSITIVE_INFINITY;
    }
  },
  /** Serves a few requests at a time; others wait in line, so that latency grows with load. */
  CROWDED {
    @Override
    int servedAtOnce() {
      return 7;
    }
  },
  /** Every tenth request finds no credentials; the next one has them. */
  CREDENTIAL_HICCUPS {
    @Override
    int hiccupEvery() {
      return 10;
    }
  },
  /** A connection is lost now and then, and with it every stream that is on it. */
  LOSES_CONNECTIONS {
    @Override
    double secondsBetweenLosses() {
      return 10;
    }
  };

  private final @Nullable ProviderError error;
  private final double errorSeconds;

  Condition() {
    this(null, 0);
  }

  Condition(@Nullable ProviderError error, double errorSeconds) {
    this.error = error;
    this.errorSeconds = errorSeconds;
  }

  /** What every request gets, or null when it is served. */
  @Nullable ProviderError error() {
    return error;
  }

  /**
   * How long an error takes; credentials that cannot be had are noticed before anything is sent.
   */
  double errorSeconds() {
    return errorSeconds;
  }

  double slowness() {
    return 1;
  }

  double quotaShare() {
    return 1;
  }

  int servedAtOnce() {
    return Integer.MAX_VALUE;
  }

  /** One in so many requests finds no credentials; 0 for none. */
  int hiccupEvery() {
    return 0;
  }

  /** 0 where no connection is lost. */
  double secondsBetweenLosses() {
    return 0;
  }
}
