package io.github.resilientchat.core.route;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Rendezvous hashing of the tenant, or of the session that a request names, with a bound on load:
 * every tenant ranks the targets by its own scores, and the first is used unless it carries more
 * than a quarter above the average. A target that comes or goes moves only its own tenants.
 */
final class Sticky implements RoutingStrategy.Order {

  private static final double LOAD_BOUND = 1.25;

  private final List<Target> tier;
  private final Signals signals;
  private final int setSize;

  Sticky(List<Target> tier, Signals signals, int setSize) {
    if (setSize < 1) {
      throw new IllegalArgumentException("set size must be positive: " + setSize);
    }
    this.tier = tier;
    this.signals = signals;
    this.setSize = Math.min(setSize, tier.size());
  }

  private record Ranked(Target target, double score) {}

  @Override
  public List<Target> targetsFor(ModelCall call) {
    long key = keyOf(call);
    List<Target> order = new ArrayList<>(tier.size());
    tier.stream()
        .map(target -> new Ranked(target, score(key, target)))
        .sorted(Comparator.comparingDouble(Ranked::score))
        .forEach(ranked -> order.add(ranked.target()));
    moveOverloadedBack(order);
    return order;
  }

  /** Within the tenant's set, a target above the bound waits behind those below it. */
  private void moveOverloadedBack(List<Target> order) {
    double total = 1;
    double weights = 0;
    for (Target target : tier) {
      total += signals.of(target).inFlight();
      weights += target.weight();
    }
    double allowedPerWeight = LOAD_BOUND * total / weights;
    order
        .subList(0, setSize)
        .sort(Comparator.comparing(target -> overloaded(target, allowedPerWeight)));
  }

  private boolean overloaded(Target target, double allowedPerWeight) {
    int inFlight = signals.of(target).inFlight();
    return inFlight > 0 && inFlight + 1 > Math.ceil(allowedPerWeight * target.weight());
  }

  /** Nobody in particular sticks to nothing. */
  private long keyOf(ModelCall call) {
    Caller caller = call.caller();
    return Optional.ofNullable(call.terms().session())
        .or(() -> Optional.ofNullable(caller.tenant()))
        .or(() -> Optional.ofNullable(caller.user()))
        .map(name -> mixed(name.hashCode()))
        .orElseGet(() -> signals.random().nextLong());
  }

  /** The weighted rendezvous score {@code -ln(h) / weight}; the smallest wins. */
  private static double score(long key, Target target) {
    long hash = mixed(key ^ mixed(target.name().hashCode()));
    double uniform = ((hash >>> 11) + 1) * 0x1.0p-53;
    return -Math.log(uniform) / target.weight();
  }

  /**
   * The finaliser of SplitMix64 (Steele et al., 2014): every bit of the input moves every output.
   */
  private static long mixed(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
