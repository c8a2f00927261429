package io.github.resilientchat.autoconfigure.actuator;

import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A call that is over as the endpoint shows it: no caller, no prompt, no provider's text. */
final class DecisionView {

  private DecisionView() {}

  static Map<String, Object> of(CallReport report) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("route", report.route());
    view.put("streaming", report.streaming());
    view.put("ending", report.ending().name().toLowerCase(Locale.ROOT));
    report.servedBy().ifPresent(target -> view.put("servedBy", target.name()));
    view.put("fallback", report.fallback());
    view.put("millis", report.elapsed().toMillis());
    view.put("attempts", attempts(report));
    view.put(
        "passedOver",
        report.skipped().stream()
            .map(skip -> skip.target().name() + ": " + skip.describe())
            .distinct()
            .toList());
    if (report.usage() != null) {
      view.put(
          "tokens", Map.of("input", report.usage().input(), "output", report.usage().output()));
    }
    return view;
  }

  private static List<Map<String, Object>> attempts(CallReport report) {
    return report.begun().stream().map(attempt -> attempt(report, attempt)).toList();
  }

  private static Map<String, Object> attempt(CallReport report, AttemptReport attempt) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("target", attempt.target().name());
    view.put("kind", report.kindOf(attempt).name().toLowerCase(Locale.ROOT));
    view.put("outcome", attempt.failure() == null ? "answered" : attempt.failure().toString());
    view.put("afterMillis", attempt.begun().toMillis());
    view.put("millis", attempt.elapsed().toMillis());
    return view;
  }
}
