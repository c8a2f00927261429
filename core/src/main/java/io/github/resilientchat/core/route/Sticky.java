package io.github.resilientchat.core.route;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rendezvous hashing of tenants, sessions or beginnings of prompts, with a bound on load: every
 * tenant ranks the targets by its own scores, and the first is used unless it carries more than a
 * quarter above the average. A target that comes or goes moves only its own tenants.
 */
final class Sticky extends IndexedOrder {

  private static final double LOAD_BOUND = 1.25;
  private static final int NONE = -1;

  private final TargetSignals[] known;

  /** Of each target's name; side by side, since every call reads all of them. */
  private final long[] hashes;

  private final double[] weight;
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
    this.hashes = tier.stream().mapToLong(target -> mixed(target.name().hashCode())).toArray();
    this.weight = tier.stream().mapToDouble(Target::weight).toArray();
  }

  /** The one that {@link #all} begins with, and nobody is put in order. */
  @Override
  public int first(ModelCall call, long now) {
    long key = keyOf(call);
    int usual = leastOf(key, Double.POSITIVE_INFINITY);
    if (setSize == 1 || known[usual].inFlight() == 0) {
      return usual;
    }
    double allowedPerWeight = allowedPerWeight();
    if (!overloaded(usual, allowedPerWeight)) {
      return usual;
    }
    int other = leastOf(key, allowedPerWeight);
    return other != NONE && countBefore(other, key) < setSize ? other : usual;
  }

  /** The place of the least score among those within the bound, or {@link #NONE}. */
  private int leastOf(long key, double allowedPerWeight) {
    int best = NONE;
    double least = Double.POSITIVE_INFINITY;
    for (int place = 0; place < hashes.length; place++) {
      double uniform = uniform(key, place);
      // No -ln(h) is less than 1 - h: hardly any target needs its logarithm.
      if (1 - uniform < least * weight[place]) {
        double mine = score(uniform, place);
        if (mine < least && !overloaded(place, allowedPerWeight)) {
          best = place;
          least = mine;
        }
      }
    }
    return best;
  }

  /** How many come before a place in the order of scores. */
  private int countBefore(int other, long key) {
    double most = score(uniform(key, other), other);
    int before = 0;
    for (int place = 0; place < hashes.length; place++) {
      double uniform = uniform(key, place);
      if (1 - uniform <= most * weight[place]) {
        double mine = score(uniform, place);
        before += mine < most || mine == most && place < other ? 1 : 0;
      }
    }
    return before;
  }

  @Override
  public int[] all(ModelCall call, long now) {
    long key = keyOf(call);
    double[] scores = new double[size()];
    for (int place = 0; place < scores.length; place++) {
      scores[place] = score(uniform(key, place), place);
    }
    int[] order = Ranking.of(scores);
    moveOverloadedBack(order);
    return order;
  }

  private double allowedPerWeight() {
    double total = 1;
    for (TargetSignals one : known) {
      total += one.inFlight();
    }
    return LOAD_BOUND * total / weights;
  }

  /** Within the tenant's set, a target above the bound waits behind those below it. */
  private void moveOverloadedBack(int[] order) {
    double allowedPerWeight = allowedPerWeight();
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
    return inFlight > 0 && inFlight + 1 > Math.ceil(allowedPerWeight * weight[place]);
  }

  /** Nobody in particular sticks to nothing. */
  private long keyOf(ModelCall call) {
    if (by == StickyBy.PREFIX && call.prefix() != 0) {
      return mixed(call.prefix());
    }
    @Nullable String name = by == StickyBy.TENANT ? null : call.terms().session();
    if (name == null) {
      Caller caller = call.caller();
      name = caller.tenant() != null ? caller.tenant() : caller.user();
    }
    return name != null ? mixed(name.hashCode()) : signals.random().nextLong();
  }

  /** What the key draws for a target: above 0, and at most 1. */
  private double uniform(long key, int place) {
    return ((mixed(key ^ hashes[place]) >>> 11) + 1) * 0x1.0p-53;
  }

  /** The weighted rendezvous score {@code -ln(h) / weight}; the smallest wins. */
  private double score(double uniform, int place) {
    return -Math.log(uniform) / weight[place];
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
