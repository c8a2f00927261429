package io.github.resilientchat.simulator;

/**
 * Token counts of one answer, as Converse reports them: {@code inputTokens} excludes cached tokens.
 *
 * @param cacheWriteHourInputTokens of those written to the cache, the ones that it keeps for an
 *     hour; the others have five minutes
 */
public record Usage(
    long inputTokens,
    long outputTokens,
    long cacheReadInputTokens,
    long cacheWriteInputTokens,
    long cacheWriteHourInputTokens) {

  public Usage(
      long inputTokens, long outputTokens, long cacheReadInputTokens, long cacheWriteInputTokens) {
    this(inputTokens, outputTokens, cacheReadInputTokens, cacheWriteInputTokens, 0);
  }

  public Usage {
    requireNotNegative("inputTokens", inputTokens);
    requireNotNegative("outputTokens", outputTokens);
    requireNotNegative("cacheReadInputTokens", cacheReadInputTokens);
    requireNotNegative("cacheWriteInputTokens", cacheWriteInputTokens);
    requireNotNegative("cacheWriteHourInputTokens", cacheWriteHourInputTokens);
    if (cacheWriteHourInputTokens > cacheWriteInputTokens) {
      throw new IllegalArgumentException(
          "cacheWriteHourInputTokens must not be more than all that were written: "
              + cacheWriteHourInputTokens);
    }
  }

  /** Counts without any cached tokens. */
  public static Usage of(long inputTokens, long outputTokens) {
    return new Usage(inputTokens, outputTokens, 0, 0);
  }

  /** Every token once. */
  long total() {
    return inputTokens + outputTokens + cacheReadInputTokens + cacheWriteInputTokens;
  }

  Usage withOutput(long tokens) {
    return new Usage(
        inputTokens,
        tokens,
        cacheReadInputTokens,
        cacheWriteInputTokens,
        cacheWriteHourInputTokens);
  }

  /**
   * What the quota is charged in the end. Cache reads are free.
   *
   * <p>Source: "InputTokenCount + CacheWriteInputTokens + OutputTokenCount x burndown", Bedrock
   * User Guide, quotas-token-burndown.
   */
  double quotaTokens(int burndown) {
    return inputTokens + cacheWriteInputTokens + (double) outputTokens * burndown;
  }

  private static void requireNotNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
  }
}
