package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.core.quota.Scope;
import io.github.resilientchat.core.quota.UsageEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Counts what limits of callers decided and what calls used of them, in every registry that it is
 * bound to. Callers are no tags, and calls that are let in register nothing.
 */
final class QuotaMeters implements BuiltInListener, MeterBinder {

  static final String OVERFLOW = "resilient.quota.overflow";
  static final String DECISIONS = "resilient.quota.decisions";
  static final String WHAT_DECISIONS_ARE =
      "Calls that limits let in, once they are over, let wait, or turned away";
  static final String ACCOUNTS = "resilient.quota.accounts";

  /** The plan of calls that no plan's limits of a user held. */
  private static final String NO_PLAN = "none";

  private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();
  private final Map<String, PlanCounts> plans = new ConcurrentHashMap<>();

  @Override
  public void bindTo(MeterRegistry registry) {
    if (!registries.contains(registry)) {
      registries.add(registry);
      plans.values().forEach(each -> each.bindTo(registry));
    }
  }

  @Override
  public void onUsage(UsageEvent event) {
    String plan = event.plan() == null ? NO_PLAN : event.plan();
    PlanCounts counts = plans.get(plan);
    if (counts == null) {
      counts = plans.computeIfAbsent(plan, PlanCounts::new);
      open().forEach(counts::bindTo);
    }
    counts.add(event);
  }

  @Override
  public void onShortage(Scope scope, String plan, String limit, boolean waits) {
    for (MeterRegistry registry : open()) {
      Counter.builder(DECISIONS)
          .description(WHAT_DECISIONS_ARE)
          .tag("plan", plan)
          .tag("scope", scope.toString())
          .tag("limit", limit)
          .tag("decision", waits ? "waited" : "rejected")
          .register(registry)
          .increment();
    }
  }

  @Override
  public void onOverflow(Scope scope, String plan) {
    for (MeterRegistry registry : open()) {
      Counter.builder(OVERFLOW)
          .description("Calls on an account that newcomers share, for want of accounts")
          .tag("scope", scope.toString())
          .tag("plan", plan)
          .register(registry)
          .increment();
    }
  }

  private List<MeterRegistry> open() {
    registries.removeIf(MeterRegistry::isClosed);
    return registries;
  }
}
