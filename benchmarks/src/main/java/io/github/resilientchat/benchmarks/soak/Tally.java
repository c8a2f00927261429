package io.github.resilientchat.benchmarks.soak;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How the calls of one contender ended. */
final class Tally {

  enum Count {
    CALLS("calls"),
    ANSWERED("answered"),
    FAILED("failed"),
    LEFT("left"),
    DOUBLE_END("double ends"),
    NEVER_ENDED("never ended"),
    FALSE_SUCCESS("cut as success"),
    MIXED("mixed"),
    OPEN("open after leaving");

    final String label;

    Count(String label) {
      this.label = label;
    }
  }

  final String name;
  private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

  Tally(String name) {
    this.name = name;
    for (Count count : Count.values()) {
      counts.put(count, new LongAdder());
    }
  }

  void add(Count count) {
    add(count, 1);
  }

  void add(Count count, long amount) {
    of(count).add(amount);
  }

  long get(Count count) {
    return of(count).sum();
  }

  /** Calls that broke the promise of one truthful ending, and what they left behind. */
  long broken() {
    return get(Count.DOUBLE_END)
        + get(Count.NEVER_ENDED)
        + get(Count.FALSE_SUCCESS)
        + get(Count.MIXED)
        + get(Count.OPEN);
  }

  private LongAdder of(Count count) {
    return Objects.requireNonNull(counts.get(count));
  }

  static String header() {
    StringBuilder line = new StringBuilder(String.format("%-24s", "soak"));
    for (Count count : Count.values()) {
      line.append(String.format(" | %" + width(count) + "s", count.label));
    }
    return line.toString();
  }

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(String.format("%-24s", name));
    counts.forEach(
        (count, sum) -> line.append(String.format(" | %" + width(count) + "d", sum.sum())));
    return line.toString();
  }

  private static int width(Count count) {
    return Math.max(8, count.label.length());
  }
}
