package io.github.resilientchat.core;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.gate.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a call has tried and passed over, and the words for it. Bounded, prompt-free. */
final class CallTrail {

  private static final Logger LOG = LoggerFactory.getLogger(Router.class);
  private static final int MAX_SKIPPED = 64;

  private final RouteRouter router;
  private final ModelCall call;
  private final long startedAt;
  private final List<AttemptReport> attempts = new ArrayList<>(1);
  private final List<SkippedTarget> skipped = new ArrayList<>(0);
  private @Nullable CallReport finished;

  CallTrail(RouteRouter router, ModelCall call) {
    this.router = router;
    this.call = call;
    this.startedAt = router.engine().ticker().nanos();
  }

  long startedAt() {
    return startedAt;
  }

  int attempts() {
    return attempts.size();
  }

  void attempted(AttemptReport attempt) {
    attempts.add(attempt);
    router.engine().listeners().onAttempt(router.route().name(), attempt);
  }

  /** Codes only: a provider's message may quote the prompt. */
  void log(AttemptReport attempt) {
    Failure failure = attempt.failure();
    if (failure != null && failure.kind().needsAttention()) {
      LOG.warn("route {}: {} failed: {}", router.route().name(), attempt.target(), failure);
    } else {
      LOG.debug("route {}: {} failed: {}", router.route().name(), attempt.target(), failure);
    }
  }

  void skipped(List<SkippedTarget> more) {
    // Most calls skip nobody: no stream for that.
    int room = MAX_SKIPPED - skipped.size();
    for (int i = 0; i < Math.min(room, more.size()); i++) {
      skipped.add(more.get(i));
    }
  }

  CallReport end(CallReport.Ending ending, @Nullable Usage usage) {
    finished = snapshot(ending, usage);
    return finished;
  }

  CallReport report() {
    return finished != null ? finished : snapshot(CallReport.Ending.FAILED, null);
  }

  private CallReport snapshot(CallReport.Ending ending, @Nullable Usage usage) {
    return new CallReport(
        router.route().name(),
        call.caller(),
        call.streaming(),
        ending,
        attempts,
        skipped,
        usage,
        Duration.ofNanos(router.engine().ticker().nanos() - startedAt));
  }

  RoutingException noTarget(String why, CallReport report, List<Throwable> errors) {
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
    return withSuppressed(
        new NoTargetAvailableException(message, report, retryAfter, last(errors)), errors);
  }

  RoutingException timedOut(CallReport report, List<Throwable> errors) {
    String message =
        "route "
            + report.route()
            + ": no answer within its time limit ("
            + Wait.text(report.elapsed())
            + "). "
            + String.join("; ", report.moves());
    return withSuppressed(new CallTimeoutException(message, report, last(errors)), errors);
  }

  private record Standing(String what, @Nullable Duration until) {}

  /** The last word on each target of the route. */
  private Map<Target, Standing> standings() {
    Map<Target, Standing> standings = new LinkedHashMap<>();
    for (Target target : router.route().targets()) {
      boolean can = target.can(call.needs());
      standings.put(target, new Standing(can ? "not tried" : "cannot do " + call.needs(), null));
    }
    for (SkippedTarget skip : skipped) {
      Refusal refusal = skip.refusal();
      standings.put(skip.target(), new Standing(refusal.describe(), refusal.retryAfter()));
    }
    for (AttemptReport attempt : attempts) {
      standings.put(attempt.target(), afterAttempt(attempt));
    }
    return standings;
  }

  private Standing afterAttempt(AttemptReport attempt) {
    Refusal refusal = router.engine().coolDowns().resting(attempt.target());
    if (refusal != null) {
      return new Standing(attempt.failure() + ", " + refusal.describe(), refusal.retryAfter());
    }
    return new Standing(String.valueOf(attempt.failure()), null);
  }

  private static @Nullable Throwable last(List<Throwable> errors) {
    return errors.isEmpty() ? null : errors.get(errors.size() - 1);
  }

  private static RoutingException withSuppressed(
      RoutingException exception, List<Throwable> errors) {
    for (Throwable earlier : errors.subList(0, Math.max(0, errors.size() - 1))) {
      exception.addSuppressed(earlier);
    }
    return exception;
  }
}
