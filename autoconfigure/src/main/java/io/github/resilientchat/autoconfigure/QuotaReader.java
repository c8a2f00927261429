package io.github.resilientchat.autoconfigure;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.quota.AnonymousCallers;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Plan;
import io.github.resilientchat.core.quota.PlanQuotas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what callers may use; reports all that is wrong with it at once. */
final class QuotaReader {

  private static final String DEFAULT_PLAN = "default";
  private static final String PLANS = "resilient.quotas.plans.";

  private final Problems problems;
  private final Map<String, String> planByUser = new HashMap<>();

  private QuotaReader(Problems problems) {
    this.problems = problems;
  }

  /** Reports what is wrong. */
  static void check(ResilientProperties tree, Problems problems) {
    problems.collect(() -> new QuotaReader(problems).quotas(tree, Ticker.system()));
  }

  /** The quotas; unlimited when the properties say nothing about callers. */
  static CallerQuotas read(ResilientProperties tree, Ticker ticker) {
    return new QuotaReader(new Problems()).quotas(tree, ticker);
  }

  private CallerQuotas quotas(ResilientProperties tree, Ticker ticker) {
    @Nullable Plan everyone =
        problems
            .collect(
                () ->
                    LimitText.parse(
                        "resilient.quotas.default.limits", tree.quotas().everyone().limits()))
            .filter(limits -> !limits.isEmpty())
            .map(limits -> new Plan(DEFAULT_PLAN, limits, Set.of()))
            .orElse(null);
    List<Plan> plans = new ArrayList<>();
    new TreeMap<>(tree.quotas().plans())
        .forEach((name, plan) -> problems.collect(() -> plan(name, plan)).ifPresent(plans::add));
    if (tree.store().maxKeys() < 1) {
      problems.add(
          "resilient.store.max-keys",
          String.valueOf(tree.store().maxKeys()),
          "must be at least 1",
          "write how many users are kept in memory at most, such as 100000");
    }
    problems.report();
    AnonymousCallers anonymous = tree.identity().anonymous();
    if (everyone == null && plans.isEmpty() && anonymous == null) {
      return CallerQuotas.unlimited();
    }
    return new PlanQuotas(
        everyone,
        plans,
        anonymous == null ? AnonymousCallers.DENY : anonymous,
        tree.store().maxKeys(),
        ticker);
  }

  private Plan plan(String name, QuotasProperties.Plan properties) {
    if (name.equals(DEFAULT_PLAN)) {
      throw new InvalidConfigurationException(
          PLANS + name,
          null,
          "the name belongs to the plan of everyone else",
          "set resilient.quotas.default.limits, or choose another name");
    }
    Limits limits = LimitText.parse(PLANS + name + ".limits", properties.limits());
    if (limits.isEmpty()) {
      throw new InvalidConfigurationException(
          PLANS + name + ".limits", null, "the plan has no limits", "set limits such as 60rpm");
    }
    if (properties.users().isEmpty()) {
      throw new InvalidConfigurationException(
          PLANS + name + ".users", null, "the plan has no users", "list users, or remove the plan");
    }
    for (String user : properties.users()) {
      String other = planByUser.putIfAbsent(user, name);
      if (other != null) {
        throw new InvalidConfigurationException(
            PLANS + name + ".users",
            user,
            "the user is on plan '" + other + "' already",
            "keep each user on one plan");
      }
    }
    return new Plan(name, limits, properties.users());
  }
}
