package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a route's calls have taught about sizes: how long answers get whose request sets no limit,
 * and how many tokens each target makes of one that was estimated. Bounded, so that no odd answer
 * makes estimates absurd; a route that nobody has heard of reserves what was guessed. Thread-safe.
 */
final class LearntSizes {

  /** Answers before their length means anything. */
  private static final int ENOUGH = 20;

  /** An estimate smaller than this teaches nothing of a tokenizer. */
  private static final long LARGE = 50;

  private static final float SHARE = 0.05f;

  /** Of an answer's usual distance from the mean, kept free: about nine in ten fit. */
  private static final float DEVIATIONS = 2;

  /** A part of a token that matters to nobody. */
  private static final float LITTLE = 0.01f;

  private static final long LEAST_OUTPUT = 64;
  private static final float MOST_RATIO = 4;

  /** Mean and mean deviation of an answer's tokens, as two floats. */
  private final AtomicLong output = new AtomicLong();

  private final AtomicInteger answers = new AtomicInteger();
  private final Map<String, Float> ratios = new ConcurrentHashMap<>();
  private volatile float highest = 1;

  /** Tokens to reserve for the prompt: never fewer than estimated. */
  long input(TokenEstimate estimate) {
    float ratio = highest;
    return ratio <= 1 ? estimate.input() : (long) Math.ceil(estimate.input() * (double) ratio);
  }

  /** Tokens to reserve for the answer: the request's limit, or as much as answers usually have. */
  long output(TokenEstimate estimate) {
    if (estimate.bounded() || answers.get() < ENOUGH) {
      return estimate.maxOutput();
    }
    long packed = output.get();
    long usual = (long) Math.ceil(mean(packed) + DEVIATIONS * deviation(packed));
    return Math.max(
        Math.min(LEAST_OUTPUT, estimate.maxOutput()), Math.min(usual, estimate.maxOutput()));
  }

  /** As before the first call. */
  void forget() {
    answers.set(0);
    output.set(0);
    ratios.clear();
    highest = 1;
  }

  /** A target said what it used. */
  void learn(String target, TokenEstimate estimate, Usage usage) {
    if (!estimate.bounded()) {
      learnOutput(usage.output());
    }
    if (estimate.input() >= LARGE) {
      long real = usage.input() + usage.cacheRead() + usage.cacheWrite();
      float ratio = (float) real / estimate.input();
      learnRatio(target, Math.max(1 / MOST_RATIO, Math.min(MOST_RATIO, ratio)));
    }
  }

  /** What teaches nothing new is not written: all threads read it. */
  private void learnOutput(long tokens) {
    long known;
    long next;
    do {
      known = output.get();
      next = learnt(known, tokens);
    } while (next != known && !output.compareAndSet(known, next));
    if (answers.get() < ENOUGH) {
      answers.updateAndGet(many -> Math.min(ENOUGH, many + 1));
    }
  }

  private void learnRatio(String target, float seen) {
    @Nullable Float known = ratios.get(target);
    float before = known == null ? 1 : known;
    if (Math.abs(seen - before) < 0.01f) {
      return;
    }
    float after = before + (seen - before) * SHARE;
    ratios.put(target, after);
    if (after >= highest) {
      highest = after;
    } else if (before >= highest) {
      float most = 1;
      for (float ratio : ratios.values()) {
        most = Math.max(most, ratio);
      }
      highest = most;
    }
  }

  private long learnt(long packed, long tokens) {
    float share = Math.max(SHARE, 1f / (1 + answers.get()));
    float mean = mean(packed);
    float distance = Math.abs(tokens - mean);
    float newMean = distance < LITTLE ? tokens : mean + (tokens - mean) * share;
    float newDeviation = deviation(packed) + (distance - deviation(packed)) * share;
    newDeviation = newDeviation < LITTLE ? 0 : newDeviation;
    return (long) Float.floatToIntBits(newMean) << 32
        | Float.floatToIntBits(newDeviation) & 0xFFFF_FFFFL;
  }

  private static float mean(long packed) {
    return Float.intBitsToFloat((int) (packed >> 32));
  }

  private static float deviation(long packed) {
    return Float.intBitsToFloat((int) packed);
  }
}
