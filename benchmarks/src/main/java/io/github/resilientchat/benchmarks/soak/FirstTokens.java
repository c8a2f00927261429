package io.github.resilientchat.benchmarks.soak;

import java.util.ArrayList;
import java.util.List;

/** How long callers waited for their first token, in one kind of round. */
final class FirstTokens {

  private static final double MILLI = 1e6;

  private final List<Long> nanos = new ArrayList<>();

  synchronized void add(long waited) {
    nanos.add(waited);
  }

  synchronized int count() {
    return nanos.size();
  }

  /** Milliseconds that so many percent waited at most. */
  synchronized double percentile(int percent) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / MILLI;
  }
}
