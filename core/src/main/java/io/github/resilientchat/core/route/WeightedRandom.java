package io.github.resilientchat.core.route;

import io.github.resilientchat.core.ModelCall;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws targets without replacement, each draw in proportion to the weights that are left. */
final class WeightedRandom extends IndexedOrder {

  private final RandomGenerator random;

  /** The weight of each target and all before it. */
  private final long[] upTo;

  WeightedRandom(List<Target> tier, RandomGenerator random) {
    super(tier);
    this.random = random;
    this.upTo = new long[tier.size()];
    long sum = 0;
    for (int place = 0; place < upTo.length; place++) {
      sum += tier.get(place).weight();
      upTo[place] = sum;
    }
  }

  @Override
  public int first(ModelCall call, long now) {
    return draw();
  }

  @Override
  public boolean isDrawn() {
    return true;
  }

  int draw() {
    if (upTo.length == 1) {
      return 0;
    }
    long point = random.nextLong(upTo[upTo.length - 1]);
    int found = Arrays.binarySearch(upTo, point);
    // A point at the end of a target's share is the first of the next one's.
    return found < 0 ? -found - 1 : found + 1;
  }

  /**
   * A whole permutation in one go: the order of exponential variables whose rates are the weights
   * is that of draws without replacement (Efraimidis and Spirakis, 2006).
   */
  @Override
  public int[] all(ModelCall call, long now) {
    double[] keys = new double[size()];
    for (int place = 0; place < keys.length; place++) {
      keys[place] = -Math.log(1 - random.nextDouble()) / target(place).weight();
    }
    return Ranking.of(keys);
  }
}
