package io.github.resilientchat.core;

/**
 * Tokens that an answer really used. Bedrock's input count excludes cached tokens, so the first
 * four parts never overlap.
 *
 * @param cacheWriteHour of those written to a cache, the ones that it keeps for an hour
 */
public record Usage(long input, long output, long cacheRead, long cacheWrite, long cacheWriteHour) {

  /** Tokens of which none is kept for an hour. */
  public Usage(long input, long output, long cacheRead, long cacheWrite) {
    this(input, output, cacheRead, cacheWrite, 0);
  }

  public static Usage of(long input, long output) {
    return new Usage(input, output, 0, 0);
  }

  /** The same where so many of the tokens that were written are kept for an hour. */
  public Usage withCacheWriteHour(long tokens) {
    return new Usage(input, output, cacheRead, cacheWrite, Math.min(tokens, cacheWrite));
  }

  /**
   * Tokens that count against a limit. Cache reads are free; output may count several times.
   *
   * @param outputBurndown how many tokens of quota one token of output takes; Bedrock's "burndown
   *     rate", 5 for many Claude models
   *     (https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html)
   */
  public long counted(int outputBurndown) {
    return input + cacheWrite + output * outputBurndown;
  }
}
