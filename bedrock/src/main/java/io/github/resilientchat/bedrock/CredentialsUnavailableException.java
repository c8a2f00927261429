package io.github.resilientchat.bedrock;

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
            .message("credentials of account " + account + ": " + cause.getMessage())
            .cause(cause));
  }
}
