package io.github.resilientchat.core.report;

import io.github.resilientchat.core.internal.time.Wait;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Scope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The caller's own quota refused the call before any target was touched; it is not retried. Without
 * a {@link #retryAfter} the call never fits, however long it waits. Expected, and so without a
 * stack trace, whoever logs it.
 */
public final class QuotaExceededException extends RoutingException {

  private static final long serialVersionUID = 2L;

  private final Scope scope;
  private final String plan;
  private final String limit;

  public QuotaExceededException(Admission.Full full, CallReport report) {
    super(message(full, report), report, retryAfter(full), null, false);
    this.scope = full.scope();
    this.plan = full.plan();
    this.limit = full.limit();
  }

  private static String message(Admission.Full full, CallReport report) {
    String limit =
        "route "
            + report.route()
            + (report.insteadOf() == null ? "" : ", instead of " + report.insteadOf() + ",")
            + " refused: limit "
            + full.limit()
            + " of plan "
            + full.plan()
            + (full.scope() == Scope.USER ? "" : " (" + full.scope() + ")");
    return full instanceof Admission.Refused used
        ? limit + " is used up; try again in " + Wait.text(used.retryAfter())
        : limit + " is smaller than this request, or 0; it never fits";
  }

  private static @Nullable Duration retryAfter(Admission.Full full) {
    return full instanceof Admission.Refused used ? used.retryAfter() : null;
  }

  /** Whether the request is larger than the limit: coming back later does not help. */
  public boolean neverFits() {
    return retryAfter().isEmpty();
  }

  /** Whose limit refused. */
  public Scope scope() {
    return scope;
  }

  /** The plan whose limit refused. */
  public String plan() {
    return plan;
  }

  /** The limit that refused, as configured, such as {@code 3rpm}. */
  public String limit() {
    return limit;
  }
}
