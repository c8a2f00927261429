package io.github.resilientchat.autoconfigure.metrics;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.quota.Charge;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.AttemptReport.Kind;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.route.Target;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;

/** What {@code resilient.*} says of a call that is over. */
final class RouteMeters {

  private RouteMeters() {}

  static void record(CallReport report, MeterRegistry registry) {
    Tags route = Tags.of("route", report.route());
    Timer.builder(MeterNames.REQUESTS)
        .description("Calls of a route, from their beginning to their end")
        .tags(route)
        .tag("outcome", CallOutcome.of(report))
        .tag("streaming", String.valueOf(report.streaming()))
        .register(registry)
        .record(report.elapsed());
    DistributionSummary.builder(MeterNames.ATTEMPTS_PER_REQUEST)
        .description("Attempts that a call made")
        .tags(route)
        .register(registry)
        .record(report.attempts().size());
    List<AttemptReport> attempts = report.begun();
    Timer.builder(MeterNames.QUEUE_WAIT)
        .description("From the beginning of a call to its first attempt: in line, or for a target")
        .tags(route)
        .register(registry)
        .record(attempts.isEmpty() ? report.elapsed() : attempts.get(0).begun());
    for (int place = 0; place < attempts.size(); place++) {
      AttemptReport attempt = attempts.get(place);
      Kind kind = report.kindOf(attempt);
      attempt(attempt, kind, route, registry);
      if (kind == Kind.FALLBACK) {
        fallback(attempts.get(place - 1), attempt, route, registry);
      }
    }
    used(report, route, registry);
  }

  private static void attempt(
      AttemptReport attempt, Kind kind, Tags route, MeterRegistry registry) {
    Tags place = route.and("target", attempt.target().name());
    Timer.builder(MeterNames.ATTEMPTS)
        .description("Attempts at a target")
        .tags(place)
        .tag("attempt", kind.name().toLowerCase(Locale.ROOT))
        .tag("outcome", attempt.answered() ? "success" : "failure")
        .tag("error.type", ErrorType.of(attempt.failure()))
        .register(registry)
        .record(attempt.elapsed());
    if (attempt.firstContent() != null) {
      Timer.builder(MeterNames.FIRST_TOKEN)
          .description("From the start of a streamed attempt to its first content")
          .tags(place)
          .register(registry)
          .record(attempt.firstContent());
    }
    if (kind == Kind.HEDGE) {
      Counter.builder(MeterNames.HEDGES)
          .description("Second attempts beside one whose first token did not come")
          .tags(route)
          .tag("result", attempt.answered() ? "won" : "lost")
          .register(registry)
          .increment();
    }
  }

  private static void fallback(
      AttemptReport from, AttemptReport to, Tags route, MeterRegistry registry) {
    Counter.builder(MeterNames.FALLBACKS)
        .description("Moves from a target that failed to another one")
        .tags(route)
        .tag("from", from.target().name())
        .tag("to", to.target().name())
        .tag("reason", ErrorType.of(from.failure()))
        .register(registry)
        .increment();
  }

  private static void used(CallReport report, Tags route, MeterRegistry registry) {
    cost(report, route, registry);
    Usage usage = report.usage();
    if (usage == null || report.servedBy().isEmpty()) {
      return;
    }
    Target target = report.servedBy().get();
    Tags place = route.and("target", target.name());
    tokens("input", usage.input(), place, registry);
    tokens("output", usage.output(), place, registry);
    tokens("cache_read", usage.cacheRead(), place, registry);
    tokens("cache_write", usage.cacheWrite(), place, registry);
  }

  /** Every attempt's, retries and losers of hedges too. */
  private static void cost(CallReport report, Tags route, MeterRegistry registry) {
    for (Charge charge : report.bill().charges()) {
      if (charge.prices() != null) {
        Counter.builder(MeterNames.COST)
            .description("What attempts cost, estimates included, at the prices of their models")
            .baseUnit("usd")
            .tags(route.and("target", charge.target()))
            .register(registry)
            .increment(charge.nanoUsd() / 1e9);
      }
    }
  }

  private static void tokens(String type, long count, Tags place, MeterRegistry registry) {
    Counter.builder(MeterNames.TOKENS)
        .description("Tokens of answers; the types do not overlap")
        .tags(place)
        .tag("gen_ai.token.type", type)
        .register(registry)
        .increment(count);
  }
}
