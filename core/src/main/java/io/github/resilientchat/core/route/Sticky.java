package io.github.resilientchat.core.route;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rendezvous hashing of tenants, sessions or beginnings of prompts, with a bound on load: every
 * tenant ranks the targets by its own scores, and the first is used unless it carries more than a
 * quarter above the average. A target that comes or goes moves only its own tenants.
 */
final class Sticky extends IndexedOrder {

  private static final double LOAD_BOUND = 1.25;

  private final TargetSignals[] known;
  private final Signals signals;
  private final int setSize;
  private final double weights;
  private final StickyBy by;

  Sticky(List<Target> tier, Signals signals, int setSize, StickyBy by) {
    super(tier);
    this.by = by;
    if (setSize < 1) {
      throw new IllegalArgumentException("set size must be positive: " + setSize);
    }
    this.known = tier.stream().map(signals::of).toArray(TargetSignals[]::new);
    this.signals = signals;
    this.setSize = Math.min(setSize, tier.size());
    this.weights = tier.stream().mapToInt(Target::weight).sum();
  }

  @Override
  public int first(ModelCall call, long now) {
    return all(call, now)[0];
  }

  @Override
  public int[] all(ModelCall call, long now) {
    long key = keyOf(call);
    double[] scores = new double[size()];
    for (int place = 0; place < scores.length; place++) {
      scores[place] = score(key, target(place));
    }
    int[] order = Ranking.of(scores);
    moveOverloadedBack(order);
    return order;
  }

  /** Within the tenant's set, a target above the bound waits behind those below it. */
  private void moveOverloadedBack(int[] order) {
    double total = 1;
    for (TargetSignals one : known) {
      total += one.inFlight();
    }
    double allowedPerWeight = LOAD_BOUND * total / weights;
    int[] set = Arrays.copyOf(order, setSize);
    int[] behind = new int[setSize];
    int kept = 0;
    int late = 0;
    for (int place : set) {
      if (overloaded(place, allowedPerWeight)) {
        behind[late++] = place;
      } else {
        order[kept++] = place;
      }
    }
    System.arraycopy(behind, 0, order, kept, late);
  }

  private boolean overloaded(int place, double allowedPerWeight) {
    int inFlight = known[place].inFlight();
    return inFlight > 0 && inFlight + 1 > Math.ceil(allowedPerWeight * target(place).weight());
  }

  /** Nobody in particular sticks to nothing. */
  private long keyOf(ModelCall call) {
    if (by == StickyBy.PREFIX && call.prefix() != 0) {
      return mixed(call.prefix());
    }
    Caller caller = call.caller();
    return Optional.ofNullable(by == StickyBy.TENANT ? null : call.terms().session())
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
