package io.github.resilientchat.simulator;

import org.jspecify.annotations.Nullable;

/** Which calls a fault strikes, and how often; {@code null} matches everything. */
record FaultScope(
    @Nullable String account,
    @Nullable String region,
    @Nullable String model,
    @Nullable Boolean streaming,
    int times,
    double probability) {

  static final int ALWAYS = Integer.MAX_VALUE;

  static final FaultScope EVERY_CALL = new FaultScope(null, null, null, null, ALWAYS, 1);

  FaultScope {
    if (account != null) {
      Accounts.requireName(account);
    }
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1: " + times);
    }
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probability must be above 0 and at most 1: " + probability);
    }
  }

  FaultScope withAccount(String name) {
    return new FaultScope(name, region, model, streaming, times, probability);
  }

  FaultScope withRegion(String name) {
    return new FaultScope(account, name, model, streaming, times, probability);
  }

  FaultScope withModel(String id) {
    return new FaultScope(account, region, id, streaming, times, probability);
  }

  FaultScope withStreaming(boolean only) {
    return new FaultScope(account, region, model, only, times, probability);
  }

  FaultScope withTimes(int count) {
    return new FaultScope(account, region, model, streaming, count, probability);
  }

  FaultScope withProbability(double chance) {
    return new FaultScope(account, region, model, streaming, times, chance);
  }

  boolean covers(ConverseCall call, Target target) {
    return (account == null || account.equals(call.account()))
        && (region == null || region.equals(call.region()))
        && (model == null || model.equals(call.modelId()) || model.equals(target.id()))
        && (streaming == null || streaming == call.streaming());
  }
}
