package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
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

  private final QuotasProperties properties;
  private final IdentityProperties identity;
  private final StoreProperties store;
  private final Problems problems = new Problems();
  private final Map<String, String> planByUser = new HashMap<>();

  private QuotaReader(
      QuotasProperties properties, IdentityProperties identity, StoreProperties store) {
    this.properties = properties;
    this.identity = identity;
    this.store = store;
  }

  /**
   * The quotas; unlimited when the properties say nothing about callers.
   *
   * @throws InvalidConfigurationException with every problem of them
   */
  static CallerQuotas read(
      QuotasProperties properties,
      IdentityProperties identity,
      StoreProperties store,
      Ticker ticker) {
    return new QuotaReader(properties, identity, store).quotas(ticker);
  }

  private CallerQuotas quotas(Ticker ticker) {
    @Nullable Plan everyone =
        problems
            .collect(
                () ->
                    LimitText.parse(
                        "resilient.quotas.default.limits", properties.everyone().limits()))
            .filter(limits -> !limits.isEmpty())
            .map(limits -> new Plan(DEFAULT_PLAN, limits, Set.of()))
            .orElse(null);
    List<Plan> plans = new ArrayList<>();
    new TreeMap<>(properties.plans())
        .forEach((name, plan) -> problems.collect(() -> plan(name, plan)).ifPresent(plans::add));
    if (store.maxKeys() < 1) {
      problems.add(
          "resilient.store.max-keys",
          String.valueOf(store.maxKeys()),
          "must be at least 1",
          "write how many users are kept in memory at most, such as 100000");
    }
    problems.report();
    AnonymousCallers anonymous = identity.anonymous();
    if (everyone == null && plans.isEmpty() && anonymous == null) {
      return CallerQuotas.unlimited();
    }
    return PlanQuotas.builder()
        .everyone(everyone)
        .plans(plans)
        .anonymous(anonymous == null ? AnonymousCallers.DENY : anonymous)
        .maxAccounts(store.maxKeys())
        .ticker(ticker)
        .build();
  }

  private Plan plan(String name, QuotasProperties.Plan plan) {
    if (name.equals(DEFAULT_PLAN)) {
      throw new InvalidConfigurationException(
          PLANS + name,
          null,
          "the name belongs to the plan of everyone else",
          "set resilient.quotas.default.limits, or choose another name");
    }
    Limits limits = LimitText.parse(PLANS + name + ".limits", plan.limits());
    if (limits.isEmpty()) {
      throw new InvalidConfigurationException(
          PLANS + name + ".limits", null, "the plan has no limits", "set limits such as 60rpm");
    }
    if (plan.users().isEmpty()) {
      throw new InvalidConfigurationException(
          PLANS + name + ".users", null, "the plan has no users", "list users, or remove the plan");
    }
    for (String user : plan.users()) {
      String other = planByUser.putIfAbsent(user, name);
      if (other != null) {
        throw new InvalidConfigurationException(
            PLANS + name + ".users",
            user,
            "the user is on plan '" + other + "' already",
            "keep each user on one plan");
      }
    }
    return new Plan(name, limits, plan.users());
  }
}
