package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.internal.gate.TargetGates;
import io.github.resilientchat.core.route.Target;

/**
 * A target of a route and all that the engine keeps for it, so that a call looks nothing up.
 *
 * @param tier from 0
 */
public record Bound(Target target, int tier, TargetStats stats, TargetGates gates) {}
