package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.failure.Causes;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Tells what Bedrock's and the SDK's exceptions mean, however deep a framework has wrapped them.
 *
 * <p>An answer of the service is read by its error code, in upper or lower case since codes inside
 * a stream begin with a lower-case letter, then by its HTTP status; the text decides only where the
 * code covers several meanings. Failures on the way there are read by their cause. A failure's code
 * is the AWS error code or the name of an exception class, never a message.
 */
public final class BedrockFailures implements FailureClassifier {

  @Override
  public Optional<Failure> classify(Throwable error) {
    List<Throwable> causes = Causes.of(error);
    for (Throwable cause : causes) {
      // Before the service's own errors: it may carry one of STS.
      if (cause instanceof CredentialsUnavailableException) {
        break;
      }
      if (cause instanceof AwsServiceException answer) {
        return Optional.of(ServiceErrors.failureOf(answer));
      }
    }
    return ClientErrors.failureOf(causes);
  }
}
