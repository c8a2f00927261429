package io.github.resilientchat.benchmarks.simulation;

import java.util.random.RandomGenerator;

/**
 * The better of two by Finagle's Peak EWMA: a slow answer counts at once, a fast one gradually, and
 * load is cost times requests under way
 * (https://github.com/twitter/finagle/blob/develop/finagle-core/src/main/scala/com/twitter/finagle/loadbalancer/PeakEwma.scala).
 * As there, an error's short time is taken for a fast answer. The time constant is 30 s, for calls
 * that take seconds.
 */
final class PeakEwma implements Peer {

  private static final double TAU_NANOS = 30e9;
  private static final double UNMEASURED_PENALTY = Long.MAX_VALUE >> 16;

  private final RandomGenerator random;
  private final Metric[] metrics = new Metric[Deployment.FLEET.size()];

  PeakEwma(RandomGenerator random, long now) {
    this.random = random;
    for (int target = 0; target < metrics.length; target++) {
      metrics[target] = new Metric(now);
    }
  }

  @Override
  public int pick(int tried, long now) {
    int first = Peers.untried(tried, random);
    if (first == NONE) {
      return NONE;
    }
    int second = Peers.untried(tried | 1 << first, random);
    return second != NONE && metrics[second].load(now) < metrics[first].load(now) ? second : first;
  }

  @Override
  public void began(int target, long now) {
    metrics[target].pending++;
  }

  @Override
  public void ended(int target, int status, long elapsed, long now) {
    metrics[target].pending--;
    metrics[target].observe(elapsed, now);
  }

  private static final class Metric {
    private int pending;
    private double cost;
    private long stamp;

    Metric(long now) {
      this.stamp = now;
    }

    double load(long now) {
      observe(0, now);
      return cost == 0 && pending != 0 ? UNMEASURED_PENALTY + pending : cost * (pending + 1);
    }

    void observe(double roundTrip, long now) {
      double weight = Math.exp(-Math.max(0, now - stamp) / TAU_NANOS);
      cost = roundTrip > cost ? roundTrip : cost * weight + roundTrip * (1 - weight);
      stamp = now;
    }
  }
}
