package io.github.resilientchat.core.report;

import io.github.resilientchat.core.internal.time.Wait;
import io.github.resilientchat.core.quota.Admission;

/** The caller's own quota refused the call before any target was touched; it is not retried. */
public final class QuotaExceededException extends RoutingException {

  private static final long serialVersionUID = 1L;

  private final String plan;
  private final String limit;

  public QuotaExceededException(Admission.Refused refused, CallReport report) {
    super(
        "route "
            + report.route()
            + " refused: limit "
            + refused.limit()
            + " of plan "
            + refused.plan()
            + " is used up; try again in "
            + Wait.text(refused.retryAfter()),
        report,
        refused.retryAfter(),
        null);
    this.plan = refused.plan();
    this.limit = refused.limit();
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
