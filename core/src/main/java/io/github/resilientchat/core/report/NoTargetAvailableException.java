package io.github.resilientchat.core.report;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * No target of the route could answer; the message lists each one, what happened and until when.
 */
public final class NoTargetAvailableException extends RoutingException {

  private static final long serialVersionUID = 1L;

  public NoTargetAvailableException(
      String message, CallReport report, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, report, retryAfter, cause);
  }
}
