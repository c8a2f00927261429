package io.github.resilientchat.core;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.gate.CoolDowns;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The targets that a call may still try. */
final class Candidates {

  private final Route route;
  private final CoolDowns coolDowns;
  private final Set<Capability> needs;

  // Made when somebody fails, which is seldom.
  private Set<Target> ruledOut = Set.of();
  private Set<Target> throttled = Set.of();

  private long contextFloor;

  Candidates(RouteRouter router, ModelCall call) {
    this.route = router.route();
    this.coolDowns = router.engine().coolDowns();
    this.needs = call.needs();
  }

  boolean include(Target target) {
    boolean fits = contextFloor == 0 || target.traits().contextWindow() > contextFloor;
    return fits && !ruledOut.contains(target) && target.can(needs);
  }

  long count() {
    return route.targets().stream().filter(this::include).count();
  }

  void ruleOut(Target target, Failure failure) {
    ruledOut = with(ruledOut, target);
    if (failure.cools() == FailureDomain.QUOTA_KEY) {
      throttled = with(throttled, target);
    }
  }

  private static Set<Target> with(Set<Target> some, Target target) {
    Set<Target> more = some.isEmpty() ? new HashSet<>() : some;
    more.add(target);
    return more;
  }

  void readmit(Target target) {
    if (!ruledOut.isEmpty()) {
      ruledOut.remove(target);
    }
  }

  /**
   * Leaves out targets that are too small for a prompt that did not fit this one.
   *
   * @return whether a larger one is left, or the failure is of another kind
   */
  boolean narrow(Target target, Failure failure) {
    if (failure.kind().next() != FailureKind.Next.LARGER_CONTEXT) {
      return true;
    }
    long window = target.traits().contextWindow();
    contextFloor = Math.max(contextFloor, window);
    return window > 0 && route.targets().stream().anyMatch(this::include);
  }

  /**
   * When a target may be tried again: the earliest of those that refused just now, and of those
   * that throttled this call before. Null when nobody knows.
   */
  @Nullable Duration earliest(@Nullable Duration ofRefusals) {
    @Nullable Duration earliest = ofRefusals;
    for (Target target : throttled) {
      Duration rest = Duration.ofNanos(Math.max(0, coolDowns.remaining(target)));
      if (earliest == null || rest.compareTo(earliest) < 0) {
        earliest = rest;
      }
    }
    return earliest;
  }

  /** After a wait, targets that throttled and have rested may be tried once more. */
  void readmitRested() {
    if (throttled.isEmpty()) {
      return;
    }
    Set<Target> rested = new HashSet<>(throttled);
    rested.removeIf(target -> coolDowns.remaining(target) > 0);
    throttled.removeAll(rested);
    ruledOut.removeAll(rested);
  }
}
