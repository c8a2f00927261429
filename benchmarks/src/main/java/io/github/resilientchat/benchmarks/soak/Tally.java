package io.github.resilientchat.benchmarks.soak;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

  private static final String WHOLE = "% whole";
  private static final Pattern KINDS =
      Pattern.compile(
          "[A-Z]+_[A-Z_]+|THROTTLED|UNAVAILABLE|over [0-9a-z]+|cooling down|breaker|retry budget");

  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
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

  void failed(Throwable error) {
    String message = String.valueOf(error.getMessage());
    String reason =
        error.getClass().getSimpleName()
            + KINDS
                .matcher(message)
                .results()
                .map(found -> " " + found.group())
                .distinct()
                .sorted()
                .limit(3)
                .reduce("", String::concat);
    failures.computeIfAbsent(reason, first -> new LongAdder()).increment();
    add(Count.FAILED);
  }

  /** The most frequent failures. */
  String failures() {
    return name
        + " failed with: "
        + failures.entrySet().stream()
            .sorted((left, right) -> Long.compare(right.getValue().sum(), left.getValue().sum()))
            .limit(6)
            .map(entry -> entry.getValue() + " x " + entry.getKey())
            .collect(Collectors.joining("; "));
  }

  static String header() {
    StringBuilder line = new StringBuilder(String.format("%-24s", "soak"));
    for (Count count : Count.values()) {
      line.append(String.format(" | %" + width(count) + "s", count.label));
    }
    return line + " | " + WHOLE;
  }

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(String.format("%-24s", name));
    counts.forEach(
        (count, sum) -> line.append(String.format(" | %" + width(count) + "d", sum.sum())));
    return line.append(String.format(" | %" + WHOLE.length() + ".1f", whole())).toString();
  }

  /** Percent of the callers who stayed and got the whole answer, and the truth about it. */
  private double whole() {
    return 100.0 * get(Count.ANSWERED) / Math.max(1, get(Count.CALLS) - get(Count.LEFT));
  }

  private static int width(Count count) {
    return Math.max(8, count.label.length());
  }
}
