package io.github.resilientchat.springai;

import io.github.resilientchat.core.report.CallReport;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The facts of a report, worked out when somebody reads them, and once. Thread-safe. */
final class ReportFacts {

  private final Supplier<CallReport> report;
  private volatile @Nullable Map<String, Object> known;

  ReportFacts(Supplier<CallReport> report) {
    this.report = report;
  }

  Map<String, Object> all() {
    Map<String, Object> facts = known;
    if (facts == null) {
      facts = report.get().metadata();
      known = facts;
    }
    return facts;
  }
}
