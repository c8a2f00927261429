package io.github.resilientchat.core;

/**
 * What a model's tokens cost, in US dollars per million tokens.
 *
 * @param input tokens of the prompt that no cache held
 * @param output tokens of the answer, reasoning included
 * @param cacheRead tokens of the prompt that a cache held
 * @param cacheWrite tokens of the prompt that were put into a cache, for minutes
 * @param cacheWriteHour tokens of the prompt that were put into a cache for an hour
 */
public record Prices(
    double input, double output, double cacheRead, double cacheWrite, double cacheWriteHour) {

  private static final double NANO_USD = 1_000;

  /** A million dollars: whatever a provider says it used, sums of charges never overflow. */
  private static final double MOST = 1e15;

  public Prices {
    if (!(input >= 0 && output >= 0 && cacheRead >= 0 && cacheWrite >= 0 && cacheWriteHour >= 0)) {
      throw new IllegalArgumentException(
          "prices must not be negative: "
              + input
              + ", "
              + output
              + ", "
              + cacheRead
              + ", "
              + cacheWrite
              + ", "
              + cacheWriteHour);
    }
  }

  /**
   * Prices of a model of which nobody says what an hour in its cache costs: twice the input, as
   * Claude's does, or what a write costs if that is more (https://aws.amazon.com/bedrock/pricing/).
   */
  public Prices(double input, double output, double cacheRead, double cacheWrite) {
    this(input, output, cacheRead, cacheWrite, Math.max(input * 2, cacheWrite));
  }

  /**
   * Prices of a model whose cache has none that are known: a read costs what input costs, a write a
   * quarter more, which is the most that any model on Bedrock takes
   * (https://aws.amazon.com/bedrock/pricing/).
   */
  public Prices(double input, double output) {
    this(input, output, input, input * 1.25);
  }

  /** The same prices but for an hour in the cache. */
  public Prices withCacheWriteHour(double price) {
    return new Prices(input, output, cacheRead, cacheWrite, price);
  }

  /** US dollars for the estimated tokens. */
  public double of(TokenEstimate estimate) {
    return (estimate.input() * input + estimate.maxOutput() * output) / 1e6;
  }

  /** Billionths of a US dollar for tokens that were used. */
  public long nanoUsdOf(Usage usage) {
    double sum =
        usage.input() * input
            + usage.output() * output
            + usage.cacheRead() * cacheRead
            + (usage.cacheWrite() - usage.cacheWriteHour()) * cacheWrite
            + usage.cacheWriteHour() * cacheWriteHour;
    return Math.round(Math.max(0, Math.min(MOST, sum * NANO_USD)));
  }

  /** The higher of two prices, kind by kind. */
  public Prices dearest(Prices other) {
    return new Prices(
        Math.max(input, other.input),
        Math.max(output, other.output),
        Math.max(cacheRead, other.cacheRead),
        Math.max(cacheWrite, other.cacheWrite),
        Math.max(cacheWriteHour, other.cacheWriteHour));
  }
}
