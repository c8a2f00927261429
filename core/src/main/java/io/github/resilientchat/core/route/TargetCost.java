package io.github.resilientchat.core.route;

import io.github.resilientchat.core.ModelCall;

/** What it would cost, in a strategy's eyes, to send a call to a target; the lowest cost wins. */
@FunctionalInterface
interface TargetCost {

  /** Latency that stands for "nobody knows", in seconds. */
  double UNKNOWN_LATENCY = 2;

  /** How much worse a target is that fails now and then; one that always fails is far worse. */
  double FAILURE_PENALTY = 10;

  double of(Target target, TargetSignals signals, ModelCall call);

  static TargetCost busy() {
    return (target, signals, call) ->
        (signals.inFlight() + 1) * penalty(signals, call) / target.weight();
  }

  static TargetCost latency() {
    return (target, signals, call) -> latencyOf(signals, call) * penalty(signals, call);
  }

  static TargetCost usage() {
    return (target, signals, call) -> 1 - signals.quotaLeft();
  }

  static TargetCost price() {
    return (target, signals, call) -> target.traits().priceOf(call.estimate());
  }

  /** Grows with recent failures, and while the target ramps up. */
  static double penalty(TargetSignals signals, ModelCall call) {
    double failing = signals.failures(call.streaming());
    double hopeless = 1 - 0.99 * failing * failing;
    return (1 + FAILURE_PENALTY * failing) / hopeless / signals.rampUp(call.streaming());
  }

  /** A target of unknown latency is worth one call at a time, not a crowd. */
  static double latencyOf(TargetSignals signals, ModelCall call) {
    double known = signals.latency(call.streaming());
    return Double.isNaN(known) ? UNKNOWN_LATENCY * (1 + signals.inFlight()) : known;
  }
}
