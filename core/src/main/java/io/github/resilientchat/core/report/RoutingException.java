package io.github.resilientchat.core.report;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that the engine ended without an answer. The message says what happened at each target and
 * when to try again; it never holds a prompt, an answer or a credential. The last failure is the
 * cause, earlier ones are suppressed.
 */
public class RoutingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient CallReport report;
  private final @Nullable Duration retryAfter;

  protected RoutingException(
      String message, CallReport report, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    this(message, report, retryAfter, cause, true);
  }

  /**
   * @param traced whether it knows where it was made, which says nothing where that is expected
   */
  RoutingException(
      String message,
      CallReport report,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause,
      boolean traced) {
    super(message, cause, true, traced);
    this.report = report;
    this.retryAfter = retryAfter;
  }

  /** What was tried. */
  public CallReport report() {
    return report;
  }

  /** When a new call may succeed, counted from now; empty when nothing is known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
