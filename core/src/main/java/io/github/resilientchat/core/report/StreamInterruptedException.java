package io.github.resilientchat.core.report;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * A stream broke after content had reached the caller. What was received is not a valid answer, and
 * no other target continues it: two models' words never mix.
 */
public final class StreamInterruptedException extends RoutingException {

  private static final long serialVersionUID = 1L;

  private final transient Target target;
  private final boolean retryable;
  private final transient String partialText;

  public StreamInterruptedException(
      Target target, boolean retryable, CallReport report, Throwable cause) {
    this(target, retryable, report, cause, "");
  }

  private StreamInterruptedException(
      Target target,
      boolean retryable,
      CallReport report,
      @Nullable Throwable cause,
      String partialText) {
    super(
        "route "
            + report.route()
            + ": the stream from "
            + target.name()
            + " broke after content ("
            + report.attempts().get(report.attempts().size() - 1).failure()
            + ")"
            + (retryable ? "; a new call may succeed" : ""),
        report,
        null,
        cause);
    this.target = target;
    this.retryable = retryable;
    this.partialText = partialText;
  }

  /** The same exception with the text that the caller received, which the message never shows. */
  public StreamInterruptedException withPartialText(String text) {
    StreamInterruptedException same =
        new StreamInterruptedException(target, retryable, report(), getCause(), text);
    for (Throwable earlier : getSuppressed()) {
      same.addSuppressed(earlier);
    }
    return same;
  }

  /** The target whose stream broke. */
  public Target target() {
    return target;
  }

  /** Whether a new call makes sense. */
  public boolean retryable() {
    return retryable;
  }

  /** Estimate of the tokens received before the break. */
  public long tokensReceived() {
    Usage received = report().usage();
    return received == null ? 0 : received.output();
  }

  /** Text received before the break. */
  public String partialText() {
    return partialText;
  }
}
