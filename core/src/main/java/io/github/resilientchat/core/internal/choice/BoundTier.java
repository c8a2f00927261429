package io.github.resilientchat.core.internal.choice;

import io.github.resilientchat.core.route.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tier of a route: its targets with all that is kept for them, and their order. */
public final class BoundTier {

  /** A tier of so many is put in order at once when its first choice refuses. */
  private static final int FEW = 16;

  private static final int FIRST_CHOICES_OF_MANY = 8;

  private final Bound[] targets;
  private final SafeOrder order;
  private final Map<Target, Bound> byTarget = new HashMap<>();

  public BoundTier(List<Bound> targets, SafeOrder order) {
    this.targets = targets.toArray(Bound[]::new);
    this.order = order;
    targets.forEach(bound -> byTarget.putIfAbsent(bound.target(), bound));
  }

  Bound at(int place) {
    return targets[place];
  }

  SafeOrder order() {
    return order;
  }

  /** How many first choices are worth asking for before all are put in order. */
  int firstChoices() {
    return targets.length > FEW ? FIRST_CHOICES_OF_MANY : 1;
  }

  /**
   * Most share of its quota that a target which does not rest has left.
   *
   * @param enough where to stop looking
   */
  public double mostLeft(double enough, long now) {
    double most = 0;
    for (int place = 0; place < targets.length && most < enough; place++) {
      Bound target = targets[place];
      if (target.gates().rests().remaining(now) <= 0) {
        most = Math.max(most, target.stats().quotaLeft(now));
      }
    }
    return most;
  }

  @Nullable Bound find(Target target) {
    return byTarget.get(target);
  }
}
