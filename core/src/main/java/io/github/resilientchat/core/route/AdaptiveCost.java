package io.github.resilientchat.core.route;

import io.github.resilientchat.core.ModelCall;
import java.util.List;

/**
 * Latency, made worse by load, recent failures and ramp-up, and by quota that is about to end.
 * Quota is the resource, not concurrency: the fastest targets are used up to a reserve of their
 * quota, which keeps the slow ones out of the way, and not over it, which would be throttled. Load
 * keeps targets apart whose quota nobody knows.
 *
 * <p>The constants are what the simulation in {@code benchmarks} found best over its scenarios.
 */
final class AdaptiveCost implements TargetCost {

  /**
   * From this share of a limit on a target grows expensive: what is left serves a burst, and those
   * whom a target that dies leaves behind.
   */
  private static final double SCARCE = 0.3;

  private static final double LEAST_SHARE = 0.001;
  private static final double LOAD = 0.1;
  private static final double LOAD_WITHIN_LIMITS = 0.01;

  /** A server that grows slow is filling up, whatever is left of its quota. */
  private static final double LOAD_PER_SLOWDOWN = 0.2;

  /** A burst is spread: how long its answers take is not known before the first is there. */
  private static final double SURGE = 1;

  private static final double SURGE_WITHIN_LIMITS = 0.05;

  /**
   * Below it, in seconds, latencies differ by what else the machine does, and are as good: a
   * collection of garbage, a cold start or a wait for a processor takes so long, and no model
   * answers within it.
   */
  private static final double NOISE = 0.05;

  private final double meanWeight;

  AdaptiveCost(List<Target> tier) {
    meanWeight = tier.stream().mapToInt(Target::weight).average().orElse(1);
  }

  @Override
  public double least() {
    return NOISE;
  }

  @Override
  public double of(Target target, TargetSignals signals, ModelCall call, long now) {
    return of(target, signals, call, now, Double.POSITIVE_INFINITY);
  }

  @Override
  public double of(Target target, TargetSignals signals, ModelCall call, long now, double most) {
    double latency = signals.latency(call.streaming(), now);
    if (latency > most) {
      // Load, scarcity and penalty make it worse still.
      return latency;
    }
    double waiting = waiting(latency, target, signals, call, now);
    if (waiting > most) {
      return waiting;
    }
    double left = signals.quotaLeft(now);
    double scarcity = left >= SCARCE ? 1 : SCARCE / Math.max(LEAST_SHARE, left);
    return waiting * scarcity * TargetCost.penalty(signals, call, now);
  }

  /** Latency under the load there is; of unknown latency the load is part already. */
  private double waiting(
      double known, Target target, TargetSignals signals, ModelCall call, long now) {
    if (Double.isNaN(known)) {
      return TargetCost.latencyOf(signals, call, now);
    }
    double latency = Math.max(NOISE, known);
    int inFlight = signals.inFlight();
    if (inFlight == 0) {
      return latency;
    }
    boolean limitless = target.limits().isEmpty();
    double filling = signals.slowdown(call.streaming(), now) - 1;
    double perCall =
        limitless ? LOAD : Math.min(LOAD, LOAD_WITHIN_LIMITS + LOAD_PER_SLOWDOWN * filling);
    double perSurge = limitless ? SURGE : SURGE_WITHIN_LIMITS;
    double share = meanWeight / target.weight();
    double load = 1 + (perCall * inFlight + perSurge * signals.surge()) * share;
    return latency * load;
  }
}
