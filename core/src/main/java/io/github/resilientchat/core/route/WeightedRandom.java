package io.github.resilientchat.core.route;

import io.github.resilientchat.core.ModelCall;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws targets without replacement, each draw in proportion to the weights that are left. */
final class WeightedRandom implements RoutingStrategy.Order {

  private final List<Target> tier;
  private final RandomGenerator random;

  WeightedRandom(List<Target> tier, RandomGenerator random) {
    this.tier = tier;
    this.random = random;
  }

  @Override
  public List<Target> targetsFor(ModelCall call) {
    if (tier.size() == 1) {
      return tier;
    }
    List<Target> left = new ArrayList<>(tier);
    List<Target> order = new ArrayList<>(tier.size());
    long weight = tier.stream().mapToLong(Target::weight).sum();
    while (left.size() > 1) {
      Target drawn = draw(left, random.nextLong(weight));
      order.add(drawn);
      weight -= drawn.weight();
    }
    order.add(left.get(0));
    return order;
  }

  private static Target draw(List<Target> left, long point) {
    int index = 0;
    long passed = left.get(0).weight();
    while (passed <= point) {
      index++;
      passed += left.get(index).weight();
    }
    return left.remove(index);
  }
}
