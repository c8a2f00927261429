package io.github.resilientchat.benchmarks.simulation;

import java.util.List;

/**
 * What requests look like: kinds and their shares. Output is lognormal around its median and cut at
 * its maximum.
 */
record Sizes(List<Kind> kinds) {

  static final double SIGMA = 0.7;

  /** Requests of one kind. */
  record Kind(double share, int input, int medianOutput, int maxOutput) {
    double meanTokens() {
      return input + medianOutput * Math.exp(SIGMA * SIGMA / 2);
    }
  }

  static final Sizes EQUAL = new Sizes(List.of(new Kind(1, 500, Deployment.MEDIAN_TOKENS, 1024)));

  /** Chat, documents, and now and then a book. */
  static final Sizes UNEQUAL =
      new Sizes(
          List.of(
              new Kind(0.80, 300, 120, 512),
              new Kind(0.15, 3_000, 300, 2_048),
              new Kind(0.05, 20_000, 600, 4_096)));

  /** Answers that take from half a minute at the fast targets to more than one at the slow ones. */
  static final Sizes LONG = new Sizes(List.of(new Kind(1, 500, 1_000, 2_000)));

  Kind kindAt(double point) {
    double passed = 0;
    for (Kind kind : kinds) {
      passed += kind.share();
      if (point < passed) {
        return kind;
      }
    }
    return kinds.get(kinds.size() - 1);
  }

  double meanTokens() {
    return kinds.stream().mapToDouble(kind -> kind.share() * kind.meanTokens()).sum();
  }

  double meanReserved() {
    return kinds.stream()
        .mapToDouble(kind -> kind.share() * (1.2 * kind.input() + kind.maxOutput()))
        .sum();
  }
}
