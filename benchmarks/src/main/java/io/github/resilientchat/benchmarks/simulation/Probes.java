package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.route.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which targets a router must hold for dead, and the one probe that each may have under way. */
final class Probes {

  private final List<Target> targets;
  private final BreakerView breakers;
  private final Map<Target, Integer> down = new HashMap<>();

  /** No attempt is a probe of this number. */
  private static final int NO_PROBE = -1;

  Probes(List<Target> targets, BreakerView breakers) {
    this.targets = targets;
    this.breakers = breakers;
  }

  /**
   * An attempt begins.
   *
   * @return false when it is a second probe of a dead target
   */
  boolean began(Target target, int attempt) {
    if (breakers.isHalfOpen(target)) {
      down.putIfAbsent(target, NO_PROBE);
    }
    Integer probe = down.get(target);
    if (probe == null) {
      return true;
    }
    down.put(target, attempt);
    return probe == NO_PROBE;
  }

  void answered(Target target, int attempt) {
    Integer probe = down.get(target);
    if (probe != null && probe == attempt) {
      down.remove(target);
    }
  }

  /** The attempt ended without an answer; whatever else its failure covers is dead too. */
  void failed(Target target, int attempt, Consequence then) {
    over(target, attempt);
    boolean dead = then.rests() != FailureDomain.NONE && then.rests() != FailureDomain.QUOTA_KEY;
    if (dead) {
      String key = target.keyIn(then.rests());
      targets.stream()
          .filter(other -> other.keyIn(then.rests()).equals(key))
          .forEach(other -> down.putIfAbsent(other, NO_PROBE));
    }
  }

  /** The attempt ended and said nothing. */
  void over(Target target, int attempt) {
    down.computeIfPresent(target, (same, probe) -> probe == attempt ? NO_PROBE : probe);
  }
}
