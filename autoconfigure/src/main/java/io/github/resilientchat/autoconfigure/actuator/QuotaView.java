package io.github.resilientchat.autoconfigure.actuator;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.HeldLimits;
import io.github.resilientchat.core.quota.Plan;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.Scope;
import io.github.resilientchat.core.quota.Standing;
import io.github.resilientchat.core.quota.UsageReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Quotas as the endpoint shows them. Nobody's name is listed: who is on a plan is told in numbers,
 * and an account only to somebody who knows whose it is.
 */
final class QuotaView {

  private final CallerQuotas quotas;
  private final Supplier<@Nullable UsageReader> usage;

  QuotaView(CallerQuotas quotas, Supplier<@Nullable UsageReader> usage) {
    this.quotas = quotas;
    this.usage = usage;
  }

  /** Empty where no quotas are set, or others than this library's are used. */
  Map<String, Object> plans() {
    Map<String, Object> view = new LinkedHashMap<>();
    if (quotas instanceof PlanQuotas held) {
      view.put("plans", held.plans().stream().map(QuotaView::plan).toList());
      view.put(
          "limits",
          held.limits().stream()
              .filter(limits -> limits.scope() != Scope.USER)
              .map(QuotaView::limits)
              .toList());
      view.put("accounts", held.accounts());
    }
    return view;
  }

  private static Map<String, Object> plan(Plan plan) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", plan.name());
    view.put("limits", plan.limits().toString());
    if (!plan.tenantLimits().isEmpty()) {
      view.put("tenantLimits", plan.tenantLimits().toString());
    }
    view.put("weight", plan.weight());
    if (!plan.routes().isEmpty()) {
      view.put("routes", plan.routes().stream().sorted().toList());
    }
    view.put("users", plan.users().size());
    view.put("groups", plan.groups().size());
    view.put("tenants", plan.tenants().size());
    return view;
  }

  private static Map<String, Object> limits(HeldLimits held) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("scope", name(held.scope()));
    view.put("of", held.plan());
    view.put("limits", held.limits().toString());
    return view;
  }

  /**
   * How a caller stands over each of these routes, and what she has used on days that are known.
   */
  Map<String, Object> account(Caller caller, List<String> routes) {
    Map<String, Object> view = new LinkedHashMap<>();
    if (quotas instanceof PlanQuotas held) {
      List<Map<String, Object>> all = new ArrayList<>();
      for (String route : routes) {
        Map<String, Object> over = new LinkedHashMap<>();
        over.put("route", route);
        held.planOf(caller, route).ifPresent(plan -> over.put("plan", plan));
        over.put(
            "limits", held.standings(caller, route).stream().map(QuotaView::standing).toList());
        all.add(over);
      }
      view.put("routes", all);
    }
    @Nullable UsageReader days = usage.get();
    if (days != null) {
      view.put("used", used(days, caller));
    }
    return view;
  }

  private static Map<String, Object> standing(Standing standing) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("scope", name(standing.scope()));
    view.put("limit", standing.limit().toString());
    view.put("used", standing.used());
    view.put("left", standing.left());
    return view;
  }

  private static List<Map<String, Object>> used(UsageReader days, Caller caller) {
    List<Map<String, Object>> all = new ArrayList<>();
    days.days()
        .forEach(
            day ->
                days.on(day, caller.tenant(), caller.user())
                    .forEach(row -> all.add(row(day.toString(), row))));
    return all;
  }

  private static Map<String, Object> row(String day, UsageReader.Row row) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("day", day);
    view.put("route", row.who().route());
    view.put("model", row.who().model());
    view.put("attempts", row.attempts());
    view.put("inputTokens", row.tokens().input());
    view.put("outputTokens", row.tokens().output());
    view.put("usd", row.nanoUsd() / 1e9);
    return view;
  }

  private static String name(Scope scope) {
    return scope.name().toLowerCase(Locale.ROOT);
  }
}
