package io.github.resilientchat.core.report;

import org.jspecify.annotations.Nullable;

/** The call's deadline passed before a target answered. */
public final class CallTimeoutException extends RoutingException {

  private static final long serialVersionUID = 1L;

  public CallTimeoutException(String message, CallReport report, @Nullable Throwable cause) {
    super(message, report, null, cause);
  }
}
