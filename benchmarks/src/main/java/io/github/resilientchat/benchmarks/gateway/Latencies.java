package io.github.resilientchat.benchmarks.gateway;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * How long calls took.
 *
 * @param throughput calls a second
 */
record Latencies(double p50, double p90, double p99, double throughput) {

  private static final double NANOS_IN_MICRO = 1e3;

  /** In nanoseconds, in any order, made in so many nanoseconds in all. */
  static Latencies of(LongStream calls, long elapsed) {
    long[] sorted = calls.sorted().toArray();
    return new Latencies(
        percentile(sorted, 0.50),
        percentile(sorted, 0.90),
        percentile(sorted, 0.99),
        sorted.length * 1e9 / elapsed);
  }

  /** In microseconds. */
  private static double percentile(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))]
        / NANOS_IN_MICRO;
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
