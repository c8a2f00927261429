package io.github.resilientchat.autoconfigure.web;

import io.github.resilientchat.autoconfigure.web.QuotaHeadersProperties.Form;
import io.github.resilientchat.core.EdgeRequest;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.Scope;
import io.github.resilientchat.core.quota.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a caller's limits, in headers. Shows what is hers, and what is her tenant's; what
 * all callers share is nobody's to see. Money is not shown: the draft has no unit for it.
 */
record QuotaHeaders(CallerQuotas quotas, Form form) {

  private static final String ROUTE = "Resilient-Route";

  /** For an answer that such a call led to. */
  Map<String, String> after(EdgeRequest.Made call) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (call.insteadOf() != null) {
      headers.put(ROUTE, call.route() + ";instead-of=" + call.insteadOf());
    }
    if (form == Form.OFF || !(quotas instanceof PlanQuotas plans)) {
      return headers;
    }
    List<Standing> shown =
        plans.standings(call.caller(), call.route()).stream()
            .filter(QuotaHeaders::isShown)
            .toList();
    if (form == Form.LEGACY) {
      legacy(shown, Limit.Measure.REQUESTS, "Requests", headers);
      legacy(shown, Limit.Measure.TOKENS, "Tokens", headers);
    } else if (!shown.isEmpty()) {
      headers.put("RateLimit-Policy", joined(shown.stream().map(QuotaHeaders::policy).toList()));
      headers.put("RateLimit", joined(shown.stream().map(QuotaHeaders::left).toList()));
    }
    return headers;
  }

  /** For a call that a limit refused; nothing where that is no limit of a number. */
  Map<String, String> refused(Scope scope, String limitText, @Nullable Duration wait) {
    @Nullable Limit limit = limit(limitText);
    if (form != Form.DRAFT || limit == null || limit.unit().measure() == Limit.Measure.MONEY) {
      return Map.of();
    }
    Standing used = new Standing(scope, "", limit, limit.amount());
    String left = left(used) + (wait == null ? "" : ";t=" + seconds(wait));
    return Map.of("RateLimit-Policy", policy(used), "RateLimit", left);
  }

  /** Of what refused a call, for programs. */
  static String nameOf(Scope scope, String limitText) {
    @Nullable Limit limit = limit(limitText);
    return limit == null ? scope + "-share" : nameOf(scope, limit);
  }

  private static String nameOf(Scope scope, Limit limit) {
    return scope + "-" + limit.unit();
  }

  /** A share of what is scarce is no number. */
  private static @Nullable Limit limit(String text) {
    try {
      return Limit.parse(text);
    } catch (IllegalArgumentException noNumber) {
      return null;
    }
  }

  /** Whole seconds, never too few. */
  static long seconds(Duration wait) {
    return Math.max(1, wait.plusNanos(999_999_999).getSeconds());
  }

  private static boolean isShown(Standing standing) {
    return (standing.scope() == Scope.USER || standing.scope() == Scope.TENANT)
        && standing.limit().unit().measure() != Limit.Measure.MONEY;
  }

  private static String joined(List<String> items) {
    return String.join(", ", items);
  }

  private static String policy(Standing standing) {
    Limit limit = standing.limit();
    List<String> parts = new ArrayList<>();
    parts.add('"' + nameOf(standing.scope(), limit) + '"');
    parts.add("q=" + limit.amount());
    switch (limit.unit().measure()) {
      case TOKENS -> parts.add("qu=\"tokens\"");
      case CONCURRENCY -> parts.add("qu=\"concurrent-requests\"");
      default -> {}
    }
    @Nullable Duration window = limit.unit().window();
    if (window != null) {
      parts.add("w=" + window.toSeconds());
    }
    return String.join(";", parts);
  }

  private static String left(Standing standing) {
    return '"'
        + nameOf(standing.scope(), standing.limit())
        + "\";r="
        + Math.max(0, standing.left());
  }

  /** The limit of which least is left. */
  private static void legacy(
      List<Standing> shown, Limit.Measure measure, String unit, Map<String, String> headers) {
    shown.stream()
        .filter(standing -> standing.limit().unit().measure() == measure)
        .min(java.util.Comparator.comparingLong(Standing::left))
        .ifPresent(
            standing -> {
              headers.put("X-RateLimit-Limit-" + unit, "" + standing.limit().amount());
              headers.put("X-RateLimit-Remaining-" + unit, "" + Math.max(0, standing.left()));
            });
  }
}
