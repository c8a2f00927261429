package io.github.resilientchat.core.route;

import io.github.resilientchat.core.ModelCall;

/** What it would cost, in a strategy's eyes, to send a call to a target; the lowest cost wins. */
@FunctionalInterface
interface TargetCost {

  /** Latency that stands for "nobody knows", in seconds. */
  double UNKNOWN_LATENCY = 2;

  /** How much worse a target is that fails now and then; one that always fails is far worse. */
  double FAILURE_PENALTY = 10;

  double of(Target target, TargetSignals signals, ModelCall call, long now);

  /**
   * The same, for a comparison.
   *
   * @param most the least cost known so far: of one that is above it, nobody asks how far
   */
  default double of(Target target, TargetSignals signals, ModelCall call, long now, double most) {
    return of(target, signals, call, now);
  }

  /**
   * No target costs less, unless it waits to prove itself; who is there need not be compared. Where
   * it is a number it is a latency, and one that takes longer, or of unknown latency, costs more.
   */
  default double least() {
    return Double.NEGATIVE_INFINITY;
  }

  static TargetCost busy() {
    return (target, signals, call, now) ->
        (signals.inFlight() + 1) * penalty(signals, call, now) / target.weight();
  }

  static TargetCost latency() {
    return (target, signals, call, now) ->
        latencyOf(signals, call, now) * penalty(signals, call, now);
  }

  static TargetCost usage() {
    return (target, signals, call, now) -> 1 - signals.quotaLeft(now);
  }

  static TargetCost price() {
    return (target, signals, call, now) -> target.traits().priceOf(call.estimate());
  }

  /** Grows with recent failures, and while the target ramps up. */
  static double penalty(TargetSignals signals, ModelCall call, long now) {
    double failing = signals.failures(call.streaming(), now);
    double share = signals.rampUp(call.streaming(), now);
    if (failing == 0) {
      return share == 1 ? 1 : 1 / share;
    }
    double hopeless = 1 - 0.99 * failing * failing;
    return (1 + FAILURE_PENALTY * failing) / hopeless / share;
  }

  /** A target of unknown latency is worth one call at a time, not a crowd. */
  static double latencyOf(TargetSignals signals, ModelCall call, long now) {
    double known = signals.latency(call.streaming(), now);
    return Double.isNaN(known) ? UNKNOWN_LATENCY * (1 + signals.inFlight()) : known;
  }
}
