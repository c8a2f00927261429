package io.github.resilientchat.benchmarks.redis;

import java.util.Arrays;
import java.util.Locale;

/** How long something took, each time; sorted. */
record Latencies(long[] nanos) {

  Latencies {
    nanos = nanos.clone();
    Arrays.sort(nanos);
  }

  double micros(double percentile) {
    int at = (int) Math.ceil(percentile / 100 * nanos.length) - 1;
    return nanos[Math.max(0, at)] / 1_000.0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %.1f us, p99 %.1f us, p99.9 %.1f us",
        micros(50),
        micros(99),
        micros(99.9));
  }
}
