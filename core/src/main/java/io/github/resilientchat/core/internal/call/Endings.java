package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.internal.gate.Refusal;
import io.github.resilientchat.core.internal.time.Wait;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.CallTimeoutException;
import io.github.resilientchat.core.report.NoTargetAvailableException;
import io.github.resilientchat.core.report.QuotaExceededException;
import io.github.resilientchat.core.report.RoutingException;
import io.github.resilientchat.core.report.SkippedTarget;
import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.report.UnknownCallerException;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words for the end of a call without an answer. Bounded, prompt-free. */
record Endings(
    RouteState route, ModelCall call, CallReport report, List<Throwable> errors, long now) {

  Throwable of(Verdict verdict) {
    if (verdict instanceof Verdict.Own own) {
      return own.error();
    }
    if (verdict instanceof Verdict.Refused refused) {
      return refused.admission() instanceof Admission.Full full
          ? new QuotaExceededException(full, report)
          : new UnknownCallerException(report);
    }
    if (verdict instanceof Verdict.Interrupted broken) {
      return new StreamInterruptedException(
          broken.attempt().target(), broken.retryable(), report, broken.error());
    }
    return verdict instanceof Verdict.NoTarget nobody ? noTarget(nobody.why()) : timedOut();
  }

  private RoutingException noTarget(String why) {
    Map<Target, Standing> standings = standings();
    @Nullable Duration retryAfter =
        standings.values().stream()
            .map(Standing::until)
            .filter(Objects::nonNull)
            .min(Duration::compareTo)
            .orElse(null);
    String lines =
        standings.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue().what())
            .collect(Collectors.joining("; "));
    String message =
        "route "
            + report.route()
            + ": "
            + why
            + ". "
            + lines
            + (retryAfter == null ? "" : ". Try again in " + Wait.text(retryAfter));
    return withSuppressed(new NoTargetAvailableException(message, report, retryAfter, last()));
  }

  private RoutingException timedOut() {
    String message =
        "route "
            + report.route()
            + ": no answer within its time limit ("
            + Wait.text(report.elapsed())
            + "). "
            + String.join("; ", report.moves());
    return withSuppressed(new CallTimeoutException(message, report, last()));
  }

  private record Standing(String what, @Nullable Duration until) {}

  /** The last word on each target of the route. */
  private Map<Target, Standing> standings() {
    Map<Target, Standing> standings = new LinkedHashMap<>();
    for (Target target : route.targets()) {
      Set<Capability> needs = route.needs(call);
      boolean can = target.can(needs);
      standings.put(target, new Standing(can ? "not tried" : "cannot do " + needs, null));
    }
    for (SkippedTarget skip : report.skipped()) {
      standings.put(skip.target(), new Standing(skip.describe(), skip.retryAfter()));
    }
    for (AttemptReport attempt : report.attempts()) {
      standings.put(attempt.target(), afterAttempt(attempt));
    }
    return standings;
  }

  private Standing afterAttempt(AttemptReport attempt) {
    @Nullable Refusal refusal = route.choice().resting(attempt.target(), now);
    if (refusal != null) {
      SkippedTarget rests = refusal.of(attempt.target());
      return new Standing(attempt.failure() + ", " + rests.describe(), rests.retryAfter());
    }
    return new Standing(String.valueOf(attempt.failure()), null);
  }

  private @Nullable Throwable last() {
    return errors.isEmpty() ? null : errors.get(errors.size() - 1);
  }

  private RoutingException withSuppressed(RoutingException exception) {
    for (Throwable earlier : errors.subList(0, Math.max(0, errors.size() - 1))) {
      exception.addSuppressed(earlier);
    }
    return exception;
  }
}
