package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.failure.Causes;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureKind;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The service took the request, and what it answered is no completion. Has no cause: a parser
 * quotes the answer.
 */
final class UnreadableAnswerException extends SdkClientException {

  private static final long serialVersionUID = 1L;

  private UnreadableAnswerException(String message) {
    super(SdkClientException.builder().message(message));
  }

  /**
   * @param what every completion has
   */
  static UnreadableAnswerException without(String what) {
    return new UnreadableAnswerException("an answer without " + what);
  }

  /** In place of an error of the SDK that is about what the answer says; others as they are. */
  static Throwable insteadOf(Throwable error) {
    return error instanceof SdkClientException known ? insteadOf(known) : error;
  }

  static SdkClientException insteadOf(SdkClientException error) {
    List<Throwable> causes = Causes.of(error);
    boolean unreadable =
        !(error instanceof UnreadableStreamException)
            && ClientErrors.failureOf(causes)
                .map(Failure::kind)
                .filter(kind -> kind == FailureKind.MODEL_FAILED)
                .isPresent();
    return unreadable ? new UnreadableAnswerException(typeOf(causes)) : error;
  }

  private static String typeOf(List<Throwable> causes) {
    return "an answer that cannot be read: "
        + causes.get(causes.size() - 1).getClass().getSimpleName();
  }
}
