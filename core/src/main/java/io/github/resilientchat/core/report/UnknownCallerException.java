package io.github.resilientchat.core.report;

/** Quotas are set, but nobody said whom the call is for. */
public final class UnknownCallerException extends RoutingException {

  private static final long serialVersionUID = 1L;

  public UnknownCallerException(CallReport report) {
    super(
        "route "
            + report.route()
            + " refused: quotas are set and the call names no user. Name the caller with the"
            + " request or in a CallerScope; work that threads of your own do takes its caller along"
            + " by CallerCarrier; or let anonymous callers share one quota with"
            + " resilient.identity.anonymous=shared",
        report,
        null,
        null);
  }
}
