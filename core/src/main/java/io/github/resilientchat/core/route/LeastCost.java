package io.github.resilientchat.core.route;

import io.github.resilientchat.core.ModelCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The lowest cost first, ties at random. A target that waits to prove that it recovered comes
 * before all, or nothing would ever find out. Above 16 targets the better of two drawn by weight.
 */
final class LeastCost extends IndexedOrder {

  private static final int MAX_COMPARED = 16;
  private static final long NEVER = -1;

  private final TargetSignals[] known;
  private final Signals signals;
  private final TargetCost cost;
  private final WeightedRandom drawn;
  private final Map<String, Integer> places = new HashMap<>();
  private final KeptPlaces keptTo;

  /** The troubles there had been when all targets were found sound, in each way of calling. */
  private final AtomicLong soundBlocking = new AtomicLong(NEVER);

  private final AtomicLong soundStreams = new AtomicLong(NEVER);

  LeastCost(List<Target> tier, Signals signals, TargetCost cost) {
    super(tier);
    this.known = tier.stream().map(signals::of).toArray(TargetSignals[]::new);
    this.signals = signals;
    this.cost = cost;
    this.drawn = new WeightedRandom(tier, signals.random());
    tier.forEach(target -> places.put(target.name(), places.size()));
    this.keptTo = new KeptPlaces(tier.size());
  }

  @Override
  public int first(ModelCall call, long now) {
    return size() > MAX_COMPARED ? betterOfTwo(call, now) : cheapest(call, now);
  }

  @Override
  public boolean isDrawn() {
    return size() > MAX_COMPARED;
  }

  private int cheapest(ModelCall call, long now) {
    int own = asGoodAsCanBe(call, now);
    if (own >= 0) {
      return own;
    }
    int best = 0;
    int ties = 1;
    double least = costOf(0, call, now, Double.POSITIVE_INFINITY);
    for (int place = 1; place < known.length; place++) {
      double mine = costOf(place, call, now, least);
      int compared = Double.compare(mine, least);
      if (compared < 0) {
        best = place;
        least = mine;
        ties = 1;
      } else if (compared == 0 && random().nextInt(++ties) == 0) {
        best = place;
      }
    }
    return best;
  }

  /**
   * Of targets that are as good as can be a thread keeps to one: threads that take turns at all of
   * them wait for each other's caches. Who is not known yet may be as good, and is tried, if nobody
   * else tries it and nothing speaks against it; so it is where all that are as good are taken. -1
   * when there is none, or one that is worse waits to prove itself. Models take their time, and are
   * asked for nothing else here.
   */
  private int asGoodAsCanBe(ModelCall call, long now) {
    double least = cost.least();
    if (least == Double.NEGATIVE_INFINITY) {
      return -1;
    }
    Thread thread = Thread.currentThread();
    int kept = keptTo.of(thread);
    int place = kept;
    int unknown = -1;
    boolean taken = false;
    for (int looked = 0; looked < known.length; looked++) {
      double latency = known[place].latency(call.streaming(), now);
      if (latency <= least) {
        if (cost.of(target(place), known[place], call, now, least) <= least) {
          if (place != kept) {
            keptTo.keep(thread, place);
          }
          return isAnyDue(call, now) ? -1 : unknown < 0 ? place : unknown;
        }
        taken = true;
      } else if (unknown < 0 && Double.isNaN(latency) && isBlank(place, call, now)) {
        unknown = place;
      }
      place = place + 1 == known.length ? 0 : place + 1;
    }
    return taken && !isAnyDue(call, now) ? unknown : -1;
  }

  private boolean isBlank(int place, ModelCall call, long now) {
    return cost.of(target(place), known[place], call, now) == TargetCost.UNKNOWN_LATENCY;
  }

  /**
   * Whether a target waits to prove itself. Where all were found sound nobody looks at them again
   * before the next trouble: what one thread writes of its target, all others would wait for.
   */
  private boolean isAnyDue(ModelCall call, long now) {
    AtomicLong seen = call.streaming() ? soundStreams : soundBlocking;
    long troubles = signals.troubles();
    if (seen.get() == troubles) {
      return false;
    }
    boolean sound = true;
    for (TargetSignals one : known) {
      if (one.probeDue(call.streaming(), now)) {
        return true;
      }
      sound &= one.isSound(call.streaming(), now);
    }
    if (sound) {
      seen.set(troubles);
    }
    return false;
  }

  @Override
  long now() {
    return signals.now();
  }

  private RandomGenerator random() {
    return signals.random();
  }

  private int betterOfTwo(ModelCall call, long now) {
    @Nullable Target out = signals.nextOut();
    @Nullable Integer waiting = out == null ? null : places.get(out.name());
    if (waiting != null && known[waiting].probeDue(call.streaming(), now)) {
      return waiting;
    }
    int one = drawn.draw();
    int other = drawn.draw();
    double least = costOf(one, call, now, Double.POSITIVE_INFINITY);
    return costOf(other, call, now, least) < least ? other : one;
  }

  @Override
  public int[] all(ModelCall call, long now) {
    if (size() > MAX_COMPARED) {
      return drawn.all(call, now);
    }
    int[] lot = shuffled();
    double[] costs = new double[lot.length];
    for (int i = 0; i < lot.length; i++) {
      costs[i] = costOf(lot[i], call, now, Double.POSITIVE_INFINITY);
    }
    int[] order = Ranking.of(costs);
    for (int i = 0; i < order.length; i++) {
      order[i] = lot[order[i]];
    }
    return order;
  }

  /** So that equal costs, nothing and infinity included, are decided by lot. */
  private int[] shuffled() {
    int[] lot = new int[size()];
    for (int i = 0; i < lot.length; i++) {
      int to = random().nextInt(i + 1);
      lot[i] = lot[to];
      lot[to] = i;
    }
    return lot;
  }

  private double costOf(int place, ModelCall call, long now, double most) {
    TargetSignals one = known[place];
    return one.probeDue(call.streaming(), now)
        ? Double.NEGATIVE_INFINITY
        : cost.of(target(place), one, call, now, most);
  }
}
