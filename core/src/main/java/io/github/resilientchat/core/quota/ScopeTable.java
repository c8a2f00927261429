package io.github.resilientchat.core.quota;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which limits calls are held to: of each user by plan, of tenants, of routes and of the
 * application. Immutable, but for the amounts of limits.
 */
final class ScopeTable {

  /** A tenant that no plan names; none is named so, because names are not blank. */
  static final String ANY_TENANT = "";

  private final Map<Plan, ScopeLimits> byPlan = new IdentityHashMap<>();
  private final Map<String, ScopeLimits> byTenant = new HashMap<>();
  private final @Nullable ScopeLimits everyTenant;
  private final @Nullable ScopeLimits application;
  private final Map<String, ScopeLimits> byRoute = new HashMap<>();

  ScopeTable(QuotaSettings settings) {
    settings.everyPlan().forEach(this::enter);
    everyTenant = scope(Scope.TENANT, "tenant", settings.tenantLimits);
    application = scope(Scope.APPLICATION, "application", settings.applicationLimits);
    settings.routeLimits.forEach(
        (route, limits) -> {
          if (!limits.isEmpty()) {
            byRoute.put(route, ScopeLimits.of(Scope.ROUTE, route, limits));
          }
        });
  }

  private void enter(Plan plan) {
    @Nullable ScopeLimits user = scope(Scope.USER, plan.name(), plan.limits());
    if (user != null) {
      byPlan.put(plan, user);
    }
    @Nullable ScopeLimits whole = scope(Scope.TENANT, plan.name(), plan.tenantLimits());
    if (whole != null) {
      plan.tenants().forEach(tenant -> byTenant.put(tenant, whole));
    }
  }

  private static @Nullable ScopeLimits scope(Scope scope, String name, Limits limits) {
    return limits.isEmpty() ? null : ScopeLimits.of(scope, name, limits);
  }

  /** The limits of a call, in the order of scopes. */
  ScopeLimits[] scopes(@Nullable String ofTenant, @Nullable Plan plan, String route) {
    @Nullable ScopeLimits user = plan == null ? null : byPlan.get(plan);
    @Nullable ScopeLimits tenant = tenantLimits(ofTenant);
    @Nullable ScopeLimits over = byRoute.isEmpty() ? null : byRoute.get(route);
    ScopeLimits[] all = new ScopeLimits[one(user) + one(tenant) + one(over) + one(application)];
    int at = 0;
    at = put(all, at, user);
    at = put(all, at, tenant);
    at = put(all, at, over);
    put(all, at, application);
    return all;
  }

  private @Nullable ScopeLimits tenantLimits(@Nullable String tenant) {
    if (tenant == null) {
      return null;
    }
    @Nullable ScopeLimits own = byTenant.isEmpty() ? null : byTenant.get(tenant);
    return own == null ? everyTenant : own;
  }

  /** Whether a plan has limits for this tenant as a whole. */
  boolean hasOwnLimits(String tenant) {
    return !byTenant.isEmpty() && byTenant.containsKey(tenant);
  }

  private static int one(@Nullable ScopeLimits scope) {
    return scope == null ? 0 : 1;
  }

  private static int put(ScopeLimits[] all, int at, @Nullable ScopeLimits scope) {
    if (scope == null) {
      return at;
    }
    all[at] = scope;
    return at + 1;
  }

  /** All limits that there are, in no order. */
  List<ScopeLimits> all() {
    List<ScopeLimits> all = new ArrayList<>(byPlan.values());
    byTenant.values().stream().distinct().forEach(all::add);
    all.addAll(byRoute.values());
    Stream.of(everyTenant, application).filter(Objects::nonNull).forEach(all::add);
    return all;
  }

  /** Every limit that somebody is held to, in the order of scopes. */
  List<HeldLimits> held() {
    return all().stream()
        .map(each -> new HeldLimits(each.scope(), each.plan(), each.limits()))
        .sorted(Comparator.comparing(HeldLimits::scope).thenComparing(HeldLimits::plan))
        .toList();
  }

  boolean hasLimits() {
    return !all().isEmpty();
  }

  /**
   * Under a limit in money each target has prices, or nobody knew what its calls cost.
   *
   * @throws IllegalArgumentException that names the targets without prices and the limits in money
   */
  void requirePrices(Tariff tariff) {
    @Nullable ScopeLimits money = moneyOver(tariff.route());
    if (money != null && !tariff.unpriced().isEmpty()) {
      throw new IllegalArgumentException(
          "route "
              + tariff.route()
              + ": target "
              + String.join(", ", tariff.unpriced())
              + " has no prices, but the "
              + money.scope()
              + " limits '"
              + money.limits()
              + "' of plan "
              + money.plan()
              + " are in money; set the input and output price of its model, or leave the limit"
              + " in money out");
    }
  }

  /** The limits in money that calls over this route are held to. */
  private @Nullable ScopeLimits moneyOver(String route) {
    for (Map.Entry<Plan, ScopeLimits> entry : byPlan.entrySet()) {
      if (entry.getKey().holdsOver(route) && entry.getValue().limits().countMoney()) {
        return entry.getValue();
      }
    }
    for (ScopeLimits scope : byTenant.values()) {
      if (scope.limits().countMoney()) {
        return scope;
      }
    }
    @Nullable ScopeLimits own = byRoute.get(route);
    if (own != null && own.limits().countMoney()) {
      return own;
    }
    if (everyTenant != null && everyTenant.limits().countMoney()) {
      return everyTenant;
    }
    return application != null && application.limits().countMoney() ? application : null;
  }
}
