package io.github.resilientchat.core.report;

import java.util.List;

/**
 * What a trace may be told of a call that failed: types and codes. Traces keep messages, those of
 * causes too, and a provider's may quote the prompt. Has no cause and no stack.
 */
public final class CodedFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private CodedFailure(String codes) {
    super(codes, null, false, false);
  }

  /** The type of an error and, where the engine ended the call, the codes of its attempts. */
  public static CodedFailure of(Throwable error) {
    String type = error.getClass().getSimpleName();
    return new CodedFailure(
        error instanceof RoutingException routing ? type + codes(routing.report()) : type);
  }

  private static String codes(CallReport report) {
    List<String> failures =
        report.begun().stream()
            .filter(attempt -> !attempt.answered())
            .map(attempt -> attempt.target().name() + ": " + attempt.failure())
            .toList();
    return failures.isEmpty() ? "" : " after " + String.join(", ", failures);
  }
}
