package io.github.resilientchat.core;

/**
 * Tokens that a call may use, reserved before it is made and settled to real usage after it.
 *
 * @param input tokens of the prompt
 * @param maxOutput the most tokens that the answer may have
 */
public record TokenEstimate(long input, long maxOutput) {

  /** Output reserved when neither the request nor the model says how long an answer may get. */
  public static final int DEFAULT_MAX_OUTPUT = 4096;

  public TokenEstimate {
    if (input < 0 || maxOutput < 0) {
      throw new IllegalArgumentException(
          "tokens must not be negative: " + input + ", " + maxOutput);
    }
  }

  /**
   * An estimate from text: 3.5 characters per token, rounded up.
   *
   * @param characters characters of everything that is sent
   * @param maxOutput the request's limit on output tokens, or null when it sets none
   */
  public static TokenEstimate ofText(
      long characters, @org.jspecify.annotations.Nullable Integer maxOutput) {
    long input = (characters * 2 + 6) / 7;
    return new TokenEstimate(input, maxOutput == null ? DEFAULT_MAX_OUTPUT : maxOutput);
  }

  public long total() {
    return input + maxOutput;
  }
}
