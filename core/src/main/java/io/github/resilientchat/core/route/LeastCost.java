package io.github.resilientchat.core.route;

import io.github.resilientchat.core.ModelCall;
import java.util.Arrays;
import java.util.List;

/**
 * Sorts a tier by cost, ties at random. A target that waits to prove that it recovered comes first,
 * or nothing would ever find out.
 */
final class LeastCost implements RoutingStrategy.Order {

  private static final int MAX_COMPARED = 16;

  private final Target[] tier;
  private final Signals signals;
  private final TargetCost cost;
  private final WeightedRandom drawn;

  LeastCost(List<Target> tier, Signals signals, TargetCost cost) {
    this.tier = tier.toArray(Target[]::new);
    this.signals = signals;
    this.cost = cost;
    this.drawn = new WeightedRandom(tier, signals.random());
  }

  @Override
  public List<Target> targetsFor(ModelCall call) {
    return tier.length > MAX_COMPARED ? betterOfTwo(call) : sorted(call);
  }

  private List<Target> sorted(ModelCall call) {
    Target[] order = shuffled();
    if (order.length == 1) {
      return Arrays.asList(order);
    }
    double[] costs = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      costs[i] = costOf(order[i], call);
    }
    for (int i = 1; i < order.length; i++) {
      insert(order, costs, i);
    }
    return Arrays.asList(order);
  }

  /** So that equal costs, nothing and infinity included, are decided by lot. */
  private Target[] shuffled() {
    Target[] order = tier.clone();
    for (int i = order.length - 1; i > 0; i--) {
      int drawnFor = signals.random().nextInt(i + 1);
      Target target = order[drawnFor];
      order[drawnFor] = order[i];
      order[i] = target;
    }
    return order;
  }

  /** One step of an insertion sort, which keeps the order of equals: tiers are short. */
  private static void insert(Target[] order, double[] costs, int from) {
    Target target = order[from];
    double cost = costs[from];
    int to = from;
    while (to > 0 && cost < costs[to - 1]) {
      order[to] = order[to - 1];
      costs[to] = costs[to - 1];
      to--;
    }
    order[to] = target;
    costs[to] = cost;
  }

  private List<Target> betterOfTwo(ModelCall call) {
    List<Target> order = drawn.targetsFor(call);
    if (costOf(order.get(1), call) < costOf(order.get(0), call)) {
      order.set(0, order.set(1, order.get(0)));
    }
    return order;
  }

  private double costOf(Target target, ModelCall call) {
    TargetSignals now = signals.of(target);
    if (now.probeDue(call.streaming())) {
      return Double.NEGATIVE_INFINITY;
    }
    return cost.of(target, now, call);
  }
}
