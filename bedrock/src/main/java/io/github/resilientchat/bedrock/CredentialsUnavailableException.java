package io.github.resilientchat.bedrock;

import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * An account's credentials could not be obtained. Has a type of its own because the SDK says so
 * only in words, and because an error of STS beneath it must not be taken for one of Bedrock.
 */
final class CredentialsUnavailableException extends SdkClientException {

  private static final long serialVersionUID = 1L;

  CredentialsUnavailableException(String account, RuntimeException cause) {
    super(
        SdkClientException.builder()
            .message("credentials of account " + account + ": " + message(cause))
            .cause(unknownHost(cause) == null ? cause : null));
    if (unknownHost(cause) != null) {
      // As a cause it would be Bedrock's host to the SDK, which puts another exception in place of
      // this one and then fails over its own check of types (2.57.8).
      addSuppressed(cause);
    }
  }

  private static String message(RuntimeException cause) {
    Throwable host = unknownHost(cause);
    return host == null ? String.valueOf(cause.getMessage()) : "unknown host " + host.getMessage();
  }

  private static @Nullable Throwable unknownHost(Throwable error) {
    Throwable each = error;
    while (each != null && !(each instanceof UnknownHostException)) {
      each = each.getCause();
    }
    return each;
  }
}
