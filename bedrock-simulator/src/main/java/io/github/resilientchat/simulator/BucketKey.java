package io.github.resilientchat.simulator;

import org.jspecify.annotations.Nullable;

/** What one budget is kept for; the daily budget has no model and no family. */
record BucketKey(
    Quota.Kind kind,
    String account,
    String region,
    @Nullable String model,
    @Nullable Family family) {

  static BucketKey perMinute(Quota.Kind kind, Caller caller, Target target) {
    return new BucketKey(kind, caller.account(), caller.region(), target.budget(), target.family());
  }

  static BucketKey perDay(Caller caller) {
    return new BucketKey(Quota.Kind.TOKENS_PER_DAY, caller.account(), caller.region(), null, null);
  }
}
