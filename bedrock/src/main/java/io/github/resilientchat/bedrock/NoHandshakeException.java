package io.github.resilientchat.bedrock;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection ended before both sides had agreed on a protocol, so nothing was sent over it. */
final class NoHandshakeException extends IOException {

  private static final long serialVersionUID = 1L;

  NoHandshakeException(@Nullable Throwable cause) {
    super("the connection ended before a protocol was agreed on", cause);
  }
}
