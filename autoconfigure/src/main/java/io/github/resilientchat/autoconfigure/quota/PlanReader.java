package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Nearest;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.OnExceeded;
import io.github.resilientchat.core.quota.Plan;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads plans; each problem is reported with its key. */
final class PlanReader {

  static final String DEFAULT_PLAN = "default";
  private static final String USERS = ".users";
  private static final String PLANS = "resilient.quotas.plans.";

  private final QuotasProperties properties;
  private final @Nullable Set<String> routes;
  private final Set<String> groups;
  private final Problems problems;

  /** The plan that a name is on, by kind of name, name and the route it holds for. */
  private final Map<List<String>, String> taken = new HashMap<>();

  /**
   * @param routes names of all routes, or null when they are not known
   * @param groups names of all groups, none when they are not known
   */
  PlanReader(
      QuotasProperties properties,
      @Nullable Set<String> routes,
      Set<String> groups,
      Problems problems) {
    this.properties = properties;
    this.routes = routes;
    this.groups = groups;
    this.problems = problems;
  }

  /** What becomes of calls over the limits of a plan, or of any plan. */
  @Nullable OnExceeded onExceeded(String key, @Nullable String text, @Nullable Duration ownWait) {
    Duration wait = ownWait == null ? properties.maxWait() : ownWait;
    String waitKey =
        (ownWait == null ? "resilient.quotas" : key.substring(0, key.lastIndexOf('.')))
            + ".max-wait";
    if (wait.isZero() || wait.isNegative()) {
      problems.add(
          waitKey, wait.toString(), "must be positive", "write how long a call may wait, as 10s");
      return null;
    }
    if (text == null) {
      return null;
    }
    try {
      OnExceeded read = OnExceeded.parse(text, wait);
      if (read instanceof OnExceeded.Degrade other) {
        requireRoute(key, text, other.route());
      }
      return read;
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          key, text, String.valueOf(e.getMessage()), "write reject, wait, or route:<name>");
    }
  }

  private void requireRoute(String key, String text, String route) {
    if (routes != null && !routes.contains(route)) {
      problems.add(key, text, "there is no route '" + route + "'", Nearest.hint(route, routes));
    }
  }

  private void requireGroup(String key, String group) {
    if (!groups.isEmpty() && !groups.contains(group)) {
      problems.add(
          key,
          NameText.shown(group),
          "resilient.identity.groups knows no such group",
          Nearest.hint(group, groups));
    }
  }

  Plan plan(String name, QuotasProperties.Plan plan) {
    String key = PLANS + name;
    if (name.equals(DEFAULT_PLAN)) {
      throw new InvalidConfigurationException(
          key,
          null,
          "the name belongs to the plan of everyone else",
          "set resilient.quotas.default.limits, or choose another name");
    }
    Limits limits = LimitText.parse(key + ".limits", plan.limits());
    Limits ofTenant = LimitText.parse(key + ".tenant-limits", plan.tenantLimits());
    check(key, plan, limits, ofTenant);
    plan.routes().forEach(route -> requireRoute(key + ".routes", route, route));
    plan.groups().forEach(group -> requireGroup(key + ".groups", group));
    names(key, USERS, name, plan.users(), plan.routes());
    names(key, ".groups", name, plan.groups(), plan.routes());
    names(key, ".tenants", name, plan.tenants(), plan.routes());
    return new Plan(
        name,
        limits,
        new HashSet<>(plan.users()),
        new HashSet<>(plan.groups()),
        new HashSet<>(plan.tenants()),
        new HashSet<>(plan.routes()),
        ofTenant,
        onExceeded(key + ".on-exceeded", plan.onExceeded(), plan.maxWait()),
        plan.weight());
  }

  private static void check(
      String key, QuotasProperties.Plan plan, Limits limits, Limits ofTenant) {
    if (limits.isEmpty() && ofTenant.isEmpty()) {
      throw new InvalidConfigurationException(
          key + ".limits", null, "the plan has no limits", "set limits such as 60rpm");
    }
    if (plan.namesNobody()) {
      throw new InvalidConfigurationException(
          key + ".users",
          null,
          "the plan has no users",
          "list users, groups, tenants or routes, or remove the plan");
    }
    if (!ofTenant.isEmpty() && (plan.tenants().isEmpty() || !plan.routes().isEmpty())) {
      throw new InvalidConfigurationException(
          key + ".tenant-limits",
          String.join(", ", plan.tenantLimits()),
          "limits of a tenant as a whole need tenants, and hold over all routes",
          "list " + key + ".tenants and no routes, or remove it");
    }
    if (plan.weight() < 1 || plan.weight() > 1_000) {
      throw new InvalidConfigurationException(
          key + ".weight",
          String.valueOf(plan.weight()),
          "must be from 1 to 1000",
          "write how many shares a caller on the plan gets where a route is scarce, such as 3");
    }
  }

  /** As plans read pairs: the last slash parts them, since ids of issuers have some. */
  private static boolean isHalfAPair(String name) {
    int slash = name.lastIndexOf('/');
    return slash >= 0
        && (name.substring(0, slash).isBlank() || name.substring(slash + 1).isBlank());
  }

  private void names(
      String key, String list, String plan, List<String> names, List<String> heldFor) {
    String what = list.substring(1, list.length() - 1);
    for (String name : new HashSet<>(names)) {
      @Nullable String wrong = NameText.problem(name);
      if (wrong != null) {
        problems.add(
            key + list,
            NameText.shown(name),
            "the " + what + " " + wrong,
            "write the id that the identity provider gives");
        continue;
      }
      if (list.equals(USERS) && isHalfAPair(name)) {
        problems.add(
            key + list,
            NameText.shown(name),
            "a pair of tenant and user has a blank half",
            "write tenant/id, or the id alone for users of that id in all tenants");
        continue;
      }
      for (String route : heldFor.isEmpty() ? List.of("") : new HashSet<>(heldFor)) {
        @Nullable String other = taken.putIfAbsent(List.of(list, name, route), plan);
        if (other != null) {
          problems.add(
              key + list,
              name,
              "the " + what + " is on plan '" + other + "' already",
              "keep each " + what + " on one plan");
          break;
        }
      }
    }
  }
}
