package io.github.resilientchat.simulator;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Picks the Region that serves a call to an inference profile. The n-th call of one profile from
 * one source lands in the same Region whenever the seed is the same, whatever else is called.
 */
final class Destinations {

  // AWS publishes no shares. Three of the source against one of each other Region keeps the source
  // the likeliest while every destination is seen within a few dozen calls.
  private static final int SOURCE_WEIGHT = 3;

  private final long seed;
  private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();

  Destinations(long seed) {
    this.seed = seed;
  }

  String pick(Target target, String source) {
    List<String> regions = target.destinations();
    if (regions.size() == 1) {
      return regions.get(0);
    }
    String lane = target.id() + "|" + source;
    long call = calls.computeIfAbsent(lane, key -> new AtomicLong()).getAndIncrement();
    long laneSeed = seed * 31 + lane.hashCode();
    return weighted(regions, source, new SplittableRandom(laneSeed * 1_000_003 + call));
  }

  void reset() {
    calls.clear();
  }

  private static String weighted(List<String> regions, String source, SplittableRandom random) {
    int total = regions.stream().mapToInt(region -> weight(region, source)).sum();
    int left = random.nextInt(total);
    for (String region : regions) {
      left -= weight(region, source);
      if (left < 0) {
        return region;
      }
    }
    throw new IllegalStateException("the weights of " + regions + " do not add up");
  }

  private static int weight(String region, String source) {
    return region.equals(source) ? SOURCE_WEIGHT : 1;
  }
}
