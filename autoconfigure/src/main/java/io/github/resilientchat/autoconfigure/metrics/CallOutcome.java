package io.github.resilientchat.autoconfigure.metrics;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code outcome} of a call. */
final class CallOutcome {

  private CallOutcome() {}

  static String of(CallReport report) {
    return switch (report.ending()) {
      case ANSWERED -> report.fallback() ? "fallback" : "success";
      case REFUSED -> "rejected";
      case CANCELLED -> "cancelled";
      case FAILED -> lastFailed(report) == FailureKind.TIMED_OUT ? "timeout" : "error";
    };
  }

  private static @Nullable FailureKind lastFailed(CallReport report) {
    List<AttemptReport> attempts = report.attempts();
    @Nullable Failure last =
        attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).failure();
    return last == null ? null : last.kind();
  }
}
