package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Usage;

/**
 * How much tokens count against callers' limits. Input and output count once each; reasoning is
 * output.
 *
 * @param cacheRead one token read from a cache
 * @param cacheWrite one token written to a cache
 */
public record TokenWeights(double cacheRead, double cacheWrite) {

  /** As Bedrock counts: cache reads are free, cache writes count once. */
  public static final TokenWeights DEFAULTS = new TokenWeights(0, 1);

  /** What a provider may say at most, so that no sum overflows. */
  private static final long MOST = 1L << 50;

  public TokenWeights {
    if (!(cacheRead >= 0 && cacheRead <= 10 && cacheWrite >= 0 && cacheWrite <= 10)) {
      throw new IllegalArgumentException(
          "weights must be from 0 to 10: " + cacheRead + ", " + cacheWrite);
    }
  }

  long of(Usage usage) {
    double cached = cacheRead * usage.cacheRead() + cacheWrite * usage.cacheWrite();
    return Math.max(
        0, Math.min(MOST, usage.input() + usage.output() + (long) Math.ceil(cached - 1e-9)));
  }
}
