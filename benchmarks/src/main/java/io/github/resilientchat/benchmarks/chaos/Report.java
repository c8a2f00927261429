package io.github.resilientchat.benchmarks.chaos;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The matrix as text. */
final class Report {

  private static final double SECOND = 1e9;
  private static final String FORMAT =
      "%-28s %-20s %-6s | %9s %9s | %6s %6s | %6s %6s | %6s %6s | %6s | %6s %6s | %-12s %-12s | %s";

  private Report() {}

  static String timeouts() {
    return """
        Total time of a call: %d s for all. An attempt: %d s with three targets, the total with one. Faults last %d s.
        Plain: the framework's own model on the SDK's own clients, with their retries.
        Answered: percent of the calls that began under the fault; after it, those that began later. Wasted: requests without an answer, over all runs.
        Longest: seconds a caller waited. Leave: seconds until the broken target was left alone for 2 s.
        Back: seconds from the end of the fault to the recovered target's first answer.
        Left, %d s after the last call: open exchanges and dead connections / more threads / running calls / permits."""
        .formatted(
            Timing.TOTAL.toSeconds(),
            Timing.ATTEMPT.toSeconds(),
            Timing.FAULT.toSeconds(),
            Timing.QUIET.toSeconds());
  }

  static String header() {
    return FORMAT.formatted(
        "fault",
        "who",
        "target",
        "answered",
        "plain",
        "after",
        "plain",
        "wasted",
        "plain",
        "longest",
        "plain",
        "leave",
        "back",
        "plain",
        "left",
        "plain",
        "verdict");
  }

  static String line(
      Row row, RowRun.Key key, Outcome decorated, Outcome plain, List<String> missed) {
    boolean three = key.contender() == Contender.THREE_TARGETS;
    return FORMAT.formatted(
        row.name(),
        key.cell(),
        three ? "three" : "one",
        percent(decorated.percent()),
        percent(plain.percent()),
        percent(decorated.percentAfter()),
        percent(plain.percentAfter()),
        decorated.wasted(),
        plain.wasted(),
        seconds(decorated.longest()),
        seconds(plain.longest()),
        three ? seconds(decorated.leave()) : "-",
        seconds(decorated.back()),
        seconds(plain.back()),
        decorated.left(),
        plain.left(),
        missed.isEmpty() ? "kept" : "MISSED: " + String.join("; ", missed));
  }

  /** The most frequent words that callers were told. */
  static String troubles(Outcome outcome) {
    return outcome.troubles().entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(4)
        .map(entry -> entry.getValue() + " x " + entry.getKey())
        .collect(Collectors.joining("; "));
  }

  static String seconds(long nanos) {
    return nanos == Long.MAX_VALUE ? "never" : "%.1f".formatted(nanos / SECOND);
  }

  private static String percent(double value) {
    return "%.1f".formatted(value);
  }
}
