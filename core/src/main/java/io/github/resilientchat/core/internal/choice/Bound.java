package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.internal.gate.GatesStatus;
import io.github.resilientchat.core.internal.gate.TargetGates;
import io.github.resilientchat.core.operation.TargetStatus;
import io.github.resilientchat.core.route.Target;

/**
 * A target of a route and all that the engine keeps for it, so that a call looks nothing up.
 *
 * @param tier from 0
 */
public record Bound(Target target, int tier, TargetStats stats, TargetGates gates) {

  /** What an operator sees of it. */
  public TargetStatus status(int weight, long now) {
    GatesStatus seen = gates.status(now);
    return new TargetStatus(
        target,
        tier,
        weight,
        seen.state(),
        seen.reason(),
        seen.comesBackIn(),
        stats.inFlight(),
        stats.quotaLeft(now),
        seen.limits(),
        new TargetStatus.Way(
            stats.latency(false, now), stats.failures(false, now), seen.blocking()),
        new TargetStatus.Way(
            stats.latency(true, now), stats.failures(true, now), seen.streaming()));
  }

  /** Ends its rests and lets a probe through its breakers; whether anything kept calls away. */
  public boolean endRest(long now) {
    return gates.rests().end(now) | gates.tryHalfOpen(now);
  }
}
