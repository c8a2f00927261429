package io.github.resilientchat.samples.fivepatterns;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts which targets served a crowd, primaries and fallbacks apart. */
final class Places {

  private final List<Asked> primary = new ArrayList<>();
  private final List<Asked> fallback = new ArrayList<>();
  private final List<Asked> failed = new ArrayList<>();
  private final Map<String, Integer> primaryByModel = new LinkedHashMap<>();

  Places(Stage stage, List<Asked> asked) {
    for (Asked one : asked) {
      if (one.served()) {
        served(stage, one);
      } else {
        failed.add(one);
        stage.line(
            "Request #%2d → FAILED: %s", one.question().number(), String.valueOf(one.error()));
      }
    }
  }

  private void served(Stage stage, Asked one) {
    CallReport report = stage.report(one);
    Target target = report.servedBy().orElseThrow();
    (report.fallback() ? fallback : primary).add(one);
    if (!report.fallback()) {
      primaryByModel.merge(target.model(), 1, Integer::sum);
    }
    stage.line(
        "Request #%2d → %s %s in %s | Time: %.0fms%s",
        one.question().number(),
        report.fallback() ? "FALLBACK! Model:" : "PRIMARY: ",
        target.model(),
        target.region() + "/" + target.account(),
        one.millis(),
        report.fallback() ? " | " + String.join("; ", report.moves()) : "");
  }

  int primary() {
    return primary.size();
  }

  /** Calls served in the first tier by models whose id holds this word. */
  int primary(String model) {
    return primaryByModel.entrySet().stream()
        .filter(entry -> entry.getKey().contains(model))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  int fallback() {
    return fallback.size();
  }

  int failed() {
    return failed.size();
  }

  /** The median of the primary's answers. */
  double primaryMillis() {
    return median(primary);
  }

  /** The median of the fallback's answers, with the time it took to get there. */
  double fallbackMillis() {
    return median(fallback);
  }

  private static double median(List<Asked> asked) {
    return asked.stream()
        .mapToDouble(Asked::millis)
        .sorted()
        .skip(asked.size() / 2)
        .findFirst()
        .orElse(0);
  }
}
