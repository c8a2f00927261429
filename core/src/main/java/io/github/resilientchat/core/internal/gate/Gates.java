package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.route.BreakerPolicy;
import io.github.resilientchat.core.route.Target;

/** Where the gates of an engine's targets come from. */
public record Gates(CoolDowns coolDowns, TargetLimits limits, CircuitBreakers breakers) {

  /** The gates of a target in a route with this policy. */
  public TargetGates of(Target target, BreakerPolicy policy) {
    return new TargetGates(
        coolDowns.of(target),
        limits.of(target),
        target.traits().outputBurndown(),
        breakers.blocking(target, policy),
        breakers.streaming(target, policy));
  }

  /** Gates that are made from now on let everybody in, but where somebody took a target out. */
  public void forget() {
    coolDowns.forget();
    limits.forget();
    breakers.forget();
  }
}
