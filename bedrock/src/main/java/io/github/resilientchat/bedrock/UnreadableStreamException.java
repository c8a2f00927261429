package io.github.resilientchat.bedrock;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A stream broke off in transport. Inside a stream the SDK passes on what Netty or the decoder
 * threw, unlike before it, where it wraps.
 */
final class UnreadableStreamException extends SdkClientException {

  private static final long serialVersionUID = 1L;

  private UnreadableStreamException(Throwable cause) {
    super(
        SdkClientException.builder()
            .message("the event stream broke off: " + cause.getMessage())
            .cause(cause));
  }

  static Throwable unlessFromSdk(Throwable error) {
    return error instanceof SdkException ? error : new UnreadableStreamException(error);
  }
}
