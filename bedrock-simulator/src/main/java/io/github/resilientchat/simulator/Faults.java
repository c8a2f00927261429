package io.github.resilientchat.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** The faults in force, in the order they were added. Thread-safe. */
final class Faults {

  /** One fault with what is left of it. */
  private static final class Active {
    private final Fault fault;
    private final SplittableRandom random;
    private int left;

    private Active(Fault fault, SplittableRandom random) {
      this.fault = fault;
      this.random = random;
      this.left = fault.scope().times();
    }

    private boolean strikes(ConverseCall call, Target target) {
      Fault.Kind kind = fault.effect().kind();
      return kind.fits(call.streaming())
          && fault.scope().covers(call, target)
          && random.nextDouble() < fault.scope().probability();
    }
  }

  private final long seed;
  private final List<Active> active = new ArrayList<>();
  private SplittableRandom seeds;

  Faults(long seed) {
    this.seed = seed;
    this.seeds = new SplittableRandom(seed);
  }

  synchronized void add(Fault fault) {
    active.add(new Active(fault, seeds.split()));
  }

  synchronized boolean remove(Fault fault) {
    return active.removeIf(one -> one.fault == fault);
  }

  synchronized boolean contains(Fault fault) {
    return active.stream().anyMatch(one -> one.fault == fault);
  }

  synchronized void clear() {
    active.clear();
    seeds = new SplittableRandom(seed);
  }

  /** The faults that can still strike. */
  synchronized List<Fault> list() {
    return active.stream()
        .map(one -> one.left == FaultScope.ALWAYS ? one.fault : one.fault.times(one.left))
        .toList();
  }

  /** A fault that answers the call before it reaches a quota. */
  Optional<FaultEffect> beforeAdmission(ConverseCall call, Target target) {
    return strike(call, target, Fault.Kind::beforeAdmission);
  }

  /** A fault of the answer to an admitted call. */
  Optional<FaultEffect> ofAnswer(ConverseCall call, Target target) {
    return strike(call, target, kind -> !kind.beforeAdmission());
  }

  private synchronized Optional<FaultEffect> strike(
      ConverseCall call, Target target, Predicate<Fault.Kind> stage) {
    for (Iterator<Active> each = active.iterator(); each.hasNext(); ) {
      Active one = each.next();
      if (stage.test(one.fault.effect().kind()) && one.strikes(call, target)) {
        if (one.left != FaultScope.ALWAYS && --one.left == 0) {
          each.remove();
        }
        return Optional.of(one.fault.effect());
      }
    }
    return Optional.empty();
  }
}
