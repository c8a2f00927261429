package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.route.Target;
import java.util.HashSet;
import java.util.Set;

/**
 * The targets that a call may still try. Immutable, so that a choice can read it while its call
 * goes on.
 *
 * @param needs what a target must be able to do
 * @param ruledOut targets that failed this call
 * @param throttled those of them that come back by themselves
 * @param contextFloor a prompt did not fit so many tokens; 0 when it fits as far as is known
 */
public record Candidates(
    Set<Capability> needs, Set<Target> ruledOut, Set<Target> throttled, long contextFloor) {

  private static final Candidates ALL = new Candidates(Set.of(), Set.of(), Set.of(), 0);

  /** All targets that can do this. */
  public static Candidates with(Set<Capability> needs) {
    return needs.isEmpty() ? ALL : new Candidates(needs, Set.of(), Set.of(), 0);
  }

  public boolean include(Target target) {
    boolean fits = contextFloor == 0 || target.traits().contextWindow() > contextFloor;
    return fits && !ruledOut.contains(target) && target.can(needs);
  }

  /**
   * Without a target that failed.
   *
   * @param comesBack whether it only has to rest
   */
  public Candidates without(Target target, boolean comesBack) {
    return new Candidates(
        needs,
        plus(ruledOut, target),
        comesBack ? plus(throttled, target) : throttled,
        contextFloor);
  }

  /** With targets again that failed. */
  public Candidates again(Set<Target> again) {
    return again.isEmpty()
        ? this
        : new Candidates(needs, minus(ruledOut, again), minus(throttled, again), contextFloor);
  }

  /** Without targets whose context window is no larger than this. */
  public Candidates largerThan(long window) {
    return new Candidates(needs, ruledOut, throttled, Math.max(contextFloor, window));
  }

  private static Set<Target> plus(Set<Target> some, Target target) {
    Set<Target> more = new HashSet<>(some);
    more.add(target);
    return more;
  }

  private static Set<Target> minus(Set<Target> some, Set<Target> others) {
    Set<Target> fewer = new HashSet<>(some);
    fewer.removeAll(others);
    return fewer;
  }
}
