package io.github.resilientchat.benchmarks.simulation;

import java.util.random.RandomGenerator;

/** Simple balancers that know nothing of quotas. */
final class Peers {

  private static final int TARGETS = Deployment.FLEET.size();

  private Peers() {}

  /** Any target that was not tried. */
  static Peer random(RandomGenerator random) {
    return (tried, now) -> untried(tried, random);
  }

  /** Fewest requests outstanding; ties at random. */
  static Peer leastOutstanding(RandomGenerator random) {
    return new LeastOutstanding(random);
  }

  static int untried(int tried, RandomGenerator random) {
    int left = TARGETS - Integer.bitCount(tried);
    int skip = left == 0 ? 0 : random.nextInt(left);
    for (int target = 0; target < TARGETS; target++) {
      if ((tried & 1 << target) == 0 && skip-- == 0) {
        return target;
      }
    }
    return Peer.NONE;
  }

  private static final class LeastOutstanding implements Peer {
    private final RandomGenerator random;
    private final int[] outstanding = new int[TARGETS];

    LeastOutstanding(RandomGenerator random) {
      this.random = random;
    }

    @Override
    public int pick(int tried, long now) {
      int best = NONE;
      int ties = 0;
      for (int target = 0; target < TARGETS; target++) {
        if ((tried & 1 << target) != 0) {
          continue;
        }
        if (best == NONE || outstanding[target] < outstanding[best]) {
          best = target;
          ties = 1;
        } else if (outstanding[target] == outstanding[best] && random.nextInt(++ties) == 0) {
          best = target;
        }
      }
      return best;
    }

    @Override
    public void began(int target, long now) {
      outstanding[target]++;
    }

    @Override
    public void ended(int target, int status, long elapsed, long now) {
      outstanding[target]--;
    }
  }
}
