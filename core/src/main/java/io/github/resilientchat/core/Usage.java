package io.github.resilientchat.core;

/**
 * Tokens that an answer really used. Bedrock's input count excludes cached tokens, so the four
 * parts never overlap.
 */
public record Usage(long input, long output, long cacheRead, long cacheWrite) {

  public static Usage of(long input, long output) {
    return new Usage(input, output, 0, 0);
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
