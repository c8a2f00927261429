package io.github.resilientchat.core.strategy;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Target;

/**
 * Latency, made worse by load, failures and scarce quota. Quota is the resource, not concurrency: a
 * target near the end of its quota gets expensive before it refuses.
 */
final class AdaptiveCost implements TargetCost {

  private static final double SCARCE = 0.05;

  @Override
  public double of(Target target, TargetSignals signals, ModelCall call) {
    double load = (signals.inFlight() + 1.0) / target.weight();
    double quota = Math.max(SCARCE, signals.quotaLeft());
    return TargetCost.latencyOf(signals, call) * load * TargetCost.penalty(signals) / quota;
  }
}
