package io.github.resilientchat.bedrock;

import software.amazon.awssdk.core.exception.SdkClientException;

/** The service took the request, and what it answered is no completion. */
final class UnreadableAnswerException extends SdkClientException {

  private static final long serialVersionUID = 1L;

  /**
   * @param missing what every completion has
   */
  UnreadableAnswerException(String missing) {
    super(SdkClientException.builder().message("an answer without " + missing));
  }
}
