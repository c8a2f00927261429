package io.github.resilientchat.core.quota;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds limits of users that are above those of every tenant, or of one, that they may be of. */
final class WideLimits {

  private final QuotaSettings settings;
  private final List<Plan> ofTenants;

  private WideLimits(QuotaSettings settings) {
    this.settings = settings;
    this.ofTenants =
        settings.plans.stream().filter(plan -> !plan.tenantLimits().isEmpty()).toList();
  }

  /** For each limit of a plan's users the lowest of those that it is above. */
  static List<WideLimit> of(QuotaSettings settings) {
    WideLimits all = new WideLimits(settings);
    List<WideLimit> found = new ArrayList<>();
    for (Plan plan : settings.everyPlan()) {
      for (Limit limit : plan.limits().all()) {
        @Nullable WideLimit wide = all.lowest(plan, limit);
        if (wide != null) {
          found.add(wide);
        }
      }
    }
    return found;
  }

  private @Nullable WideLimit lowest(Plan plan, Limit limit) {
    @Nullable WideLimit lowest = null;
    for (Plan whole : ofTenants) {
      if (mayHold(whole, plan)) {
        lowest = lower(lowest, plan, limit, whole.name(), whole.tenantLimits());
      }
    }
    return mayBeOfOtherTenants(plan)
        ? lower(lowest, plan, limit, null, settings.tenantLimits)
        : lowest;
  }

  private static @Nullable WideLimit lower(
      @Nullable WideLimit lowest,
      Plan plan,
      Limit limit,
      @Nullable String tenantPlan,
      Limits whole) {
    @Nullable Limit enclosing = whole.of(limit.unit());
    return enclosing != null
            && enclosing.amount() < limit.amount()
            && (lowest == null || enclosing.amount() < lowest.ofTenant().amount())
        ? new WideLimit(plan.name(), limit, tenantPlan, enclosing)
        : lowest;
  }

  /** Whether a user of one of the tenants may be on the plan. */
  private static boolean mayHold(Plan whole, Plan plan) {
    if (!isOfTenantsAlone(plan)) {
      // Whose tenant's plan limits each user is on none that names nobody.
      return !plan.namesNobody() || whole.limits().isEmpty();
    }
    return plan.tenants().stream().anyMatch(whole.tenants()::contains);
  }

  private boolean mayBeOfOtherTenants(Plan plan) {
    return !isOfTenantsAlone(plan)
        || plan.tenants().stream()
            .anyMatch(
                tenant -> ofTenants.stream().noneMatch(whole -> whole.tenants().contains(tenant)));
  }

  private static boolean isOfTenantsAlone(Plan plan) {
    return plan.users().isEmpty() && plan.groups().isEmpty() && !plan.tenants().isEmpty();
  }
}
