package io.github.resilientchat.core;

import org.jspecify.annotations.Nullable;

/**
 * Tokens that a call may use, reserved before it is made and settled to real usage after it.
 *
 * @param input tokens of the prompt
 * @param maxOutput the most tokens that the answer may have
 * @param bounded whether that is a limit which the request sets, not a guess
 */
public record TokenEstimate(long input, long maxOutput, boolean bounded) {

  /** Output reserved when neither the request nor the model says how long an answer may get. */
  public static final int DEFAULT_MAX_OUTPUT = 4096;

  public TokenEstimate {
    if (input < 0 || maxOutput < 0) {
      throw new IllegalArgumentException(
          "tokens must not be negative: " + input + ", " + maxOutput);
    }
  }

  /** An estimate whose output is limited by the request. */
  public TokenEstimate(long input, long maxOutput) {
    this(input, maxOutput, true);
  }

  /**
   * An estimate from text: 3.5 characters per token, rounded up.
   *
   * @param characters characters of everything that is sent
   * @param maxOutput the request's limit on output tokens, or null when it sets none
   */
  public static TokenEstimate ofText(long characters, @Nullable Integer maxOutput) {
    long input = (characters * 2 + 6) / 7;
    return maxOutput == null
        ? new TokenEstimate(input, DEFAULT_MAX_OUTPUT, false)
        : new TokenEstimate(input, maxOutput);
  }

  public long total() {
    return input + maxOutput;
  }
}
