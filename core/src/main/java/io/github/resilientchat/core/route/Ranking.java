package io.github.resilientchat.core.route;

import java.util.Arrays;

/** Places in the order of their keys. */
final class Ranking {

  private static final int SHORT = 24;

  private Ranking() {}

  /** The smallest key's place first; equal keys stay in the order of their places. */
  static int[] of(double[] keys) {
    int[] order = new int[keys.length];
    for (int place = 0; place < order.length; place++) {
      order[place] = place;
    }
    if (order.length > SHORT) {
      return sorted(keys);
    }
    for (int i = 1; i < order.length; i++) {
      int place = order[i];
      int to = i;
      while (to > 0 && Double.compare(keys[place], keys[order[to - 1]]) < 0) {
        order[to] = order[to - 1];
        to--;
      }
      order[to] = place;
    }
    return order;
  }

  private static int[] sorted(double[] keys) {
    Integer[] places = new Integer[keys.length];
    for (int place = 0; place < places.length; place++) {
      places[place] = place;
    }
    Arrays.sort(places, (left, right) -> Double.compare(keys[left], keys[right]));
    int[] order = new int[places.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = places[i];
    }
    return order;
  }
}
