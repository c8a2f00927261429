package io.github.resilientchat.benchmarks.simulation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * LiteLLM's router as it comes: simple-shuffle weighted by requests per minute, and its cool-downs.
 * A target cools for 5 s after a 429, after an error that is not worth a retry (401, 403), or when
 * more than half of at least 5 requests of the minute failed; then it is back at once, without a
 * probe. A retry draws again from what is not cooled, the target tried before included, and waits
 * for nothing while anything is left (https://docs.litellm.ai/docs/routing,
 * litellm/router_utils/cooldown_handlers.py).
 */
final class LiteLlm implements Peer {

  private static final long COOL_DOWN_NANOS = 5_000_000_000L;
  private static final long MINUTE_NANOS = 60_000_000_000L;
  private static final int MINIMUM_REQUESTS = 5;
  private static final double MAX_FAILURES = 0.5;

  private final RandomGenerator random;
  private final long[] coolUntil = new long[Deployment.FLEET.size()];
  private final int[] requests = new int[coolUntil.length];
  private final int[] failures = new int[coolUntil.length];
  private long minute;

  LiteLlm(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public int pick(int tried, long now) {
    int weights = 0;
    for (Deployment deployment : Deployment.FLEET) {
      weights += weightOf(deployment, now);
    }
    int point = weights == 0 ? 0 : random.nextInt(weights);
    for (Deployment deployment : Deployment.FLEET) {
      point -= weightOf(deployment, now);
      if (point < 0) {
        return deployment.index();
      }
    }
    return NONE;
  }

  private int weightOf(Deployment deployment, long now) {
    return coolUntil[deployment.index()] <= now ? deployment.requestsPerMinute() : 0;
  }

  @Override
  public void ended(int target, int status, long elapsed, long now) {
    if (now / MINUTE_NANOS != minute) {
      minute = now / MINUTE_NANOS;
      Arrays.fill(requests, 0);
      Arrays.fill(failures, 0);
    }
    requests[target]++;
    if (status != 200) {
      failures[target]++;
      if (status == 429 || status == 401 || mostlyFails(target)) {
        coolUntil[target] = now + COOL_DOWN_NANOS;
      }
    }
  }

  private boolean mostlyFails(int target) {
    return requests[target] >= MINIMUM_REQUESTS
        && failures[target] > MAX_FAILURES * requests[target];
  }
}
