package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.core.quota.OnExceeded;
import io.github.resilientchat.core.quota.Plan;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.WideLimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what plans say and likely do not mean: limits of users that never show, because a tenant as
 * a whole has less, and other routes that let nobody in, because the same limits hold there.
 */
final class PlanDoubts {

  private static final String QUOTAS = "resilient.quotas.";
  private static final String PLANS = QUOTAS + "plans.";

  private final QuotasProperties properties;
  private final PlanQuotas.Builder quotas;
  private final Problems problems;

  PlanDoubts(QuotasProperties properties, PlanQuotas.Builder quotas, Problems problems) {
    this.properties = properties;
    this.quotas = quotas;
    this.problems = problems;
  }

  void check() {
    quotas.wideLimits().forEach(this::doubt);
    List<Plan> plans = quotas.everyPlan();
    plans.forEach(plan -> otherRoute(plan.onExceeded()).ifPresent(to -> doubt(plan, to, plans)));
    otherRoute(properties.onExceeded()).ifPresent(to -> doubtOfAll(to, plans));
  }

  private void doubt(WideLimit wide) {
    String ofTenant =
        wide.tenantPlan() == null
            ? QUOTAS + "tenant.limits"
            : PLANS + wide.tenantPlan() + ".tenant-limits";
    problems.doubt(
        keyOf(wide.plan()),
        wide.limit().toString(),
        "of each user on plan %s is above %s=%s of a tenant as a whole, so that no user there ever gets to it"
            .formatted(wide.plan(), ofTenant, wide.ofTenant()),
        "lower it, or raise that of the tenant as a whole");
  }

  /** A plan that says itself where its calls go. */
  private void doubt(Plan plan, String to, List<Plan> plans) {
    if (holdsThereToo(plan, to, plans)) {
      problems.doubt(
          PLANS + plan.name() + ".on-exceeded",
          "route:" + to,
          "lets no call in there that is over %s=%s: the same limits hold over route '%s'"
              .formatted(keyOf(plan.name()), plan.limits(), to),
          "keep the plan to its routes by " + PLANS + plan.name() + ".routes");
    }
  }

  private void doubtOfAll(String to, List<Plan> plans) {
    List<String> same = new ArrayList<>();
    for (Plan plan : plans) {
      if (plan.onExceeded() == null && holdsThereToo(plan, to, plans)) {
        same.add(keyOf(plan.name()) + "=" + plan.limits());
      }
    }
    if (!same.isEmpty()) {
      problems.doubt(
          QUOTAS + "on-exceeded",
          "route:" + to,
          "lets no call in there that is over %s: the same limits hold over route '%s'"
              .formatted(String.join(" or ", same), to),
          "give route '%s' a plan (%s<name>.routes=%s), and plans that name callers routes of their"
                  .formatted(to, PLANS, to)
              + " own");
    }
  }

  /** Whether a caller on the plan would be on it there too. */
  private static boolean holdsThereToo(Plan plan, String to, List<Plan> plans) {
    return !plan.limits().isEmpty()
        && (plan.routes().isEmpty() || plan.routes().contains(to) && plan.routes().size() > 1)
        && plans.stream().noneMatch(other -> mayComeFirst(other, plan, to));
  }

  /** Users come before groups and tenants, and these before a plan for the route alone. */
  private static boolean mayComeFirst(Plan other, Plan plan, String to) {
    if (other == plan || other.limits().isEmpty() || !other.routes().contains(to)) {
      return false;
    }
    if (!plan.users().isEmpty()) {
      return !Collections.disjoint(plan.users(), other.users());
    }
    boolean named = !plan.groups().isEmpty() || !plan.tenants().isEmpty();
    boolean names =
        !other.users().isEmpty() || !other.groups().isEmpty() || !other.tenants().isEmpty();
    return names || !named;
  }

  private static Optional<String> otherRoute(@Nullable OnExceeded onExceeded) {
    return onExceeded instanceof OnExceeded.Degrade other
        ? Optional.of(other.route())
        : Optional.empty();
  }

  private static Optional<String> otherRoute(@Nullable String text) {
    return text == null
        ? Optional.empty()
        : otherRoute(OnExceeded.parse(text, java.time.Duration.ofSeconds(1)));
  }

  private static String keyOf(String plan) {
    return plan.equals(PlanReader.DEFAULT_PLAN)
        ? QUOTAS + "default.limits"
        : PLANS + plan + ".limits";
  }
}
