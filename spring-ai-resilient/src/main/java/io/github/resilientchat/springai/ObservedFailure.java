package io.github.resilientchat.springai;

import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RoutingException;
import java.util.List;

/**
 * What an observation is told of a call that failed: types and codes. Traces keep messages, causes
 * and all, and a provider's may quote the prompt.
 */
final class ObservedFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private ObservedFailure(String codes) {
    super(codes, null, false, false);
  }

  static ObservedFailure of(Throwable error) {
    String type = error.getClass().getSimpleName();
    return new ObservedFailure(
        error instanceof RoutingException routing ? type + codes(routing.report()) : type);
  }

  private static String codes(CallReport report) {
    List<String> failures =
        report.begun().stream()
            .filter(attempt -> !attempt.answered())
            .map(ObservedFailure::code)
            .toList();
    return failures.isEmpty() ? "" : " after " + String.join(", ", failures);
  }

  private static String code(AttemptReport attempt) {
    return attempt.target().name() + ": " + attempt.failure();
  }
}
