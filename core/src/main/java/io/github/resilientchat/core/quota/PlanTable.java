package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Caller;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which plan a caller is on, over one route. Immutable. */
final class PlanTable {

  /** By tenant, then by user. */
  private final Map<String, Map<String, Plan>> byPair = new HashMap<>();

  private final Map<String, Plan> byUser = new HashMap<>();
  private final Map<String, Plan> byGroup = new HashMap<>();
  private final Map<String, Plan> byTenant = new HashMap<>();
  private final List<Plan> inOrder = new ArrayList<>();
  private final @Nullable Plan otherwise;

  /**
   * @param route the route's name; empty for calls over no route in particular
   */
  PlanTable(List<Plan> plans, @Nullable Plan everyone, String route) {
    plans.stream()
        .filter(plan -> plan.holdsOver(route) && !plan.routes().isEmpty())
        .forEach(inOrder::add);
    plans.stream().filter(plan -> plan.routes().isEmpty()).forEach(inOrder::add);
    for (Plan plan : inOrder) {
      if (!plan.limits().isEmpty()) {
        plan.users().forEach(user -> enter(user, plan));
        plan.groups().forEach(group -> byGroup.putIfAbsent(group, plan));
        plan.tenants().forEach(tenant -> byTenant.putIfAbsent(tenant, plan));
      }
    }
    otherwise = inOrder.stream().filter(Plan::namesNobody).findFirst().orElse(everyone);
  }

  /** A pair names that user of that tenant alone, unless it is somebody's name as it stands. */
  private void enter(String written, Plan plan) {
    byUser.putIfAbsent(written, plan);
    int slash = written.lastIndexOf('/');
    if (slash >= 0) {
      byPair
          .computeIfAbsent(written.substring(0, slash), tenant -> new HashMap<>())
          .putIfAbsent(written.substring(slash + 1), plan);
    }
  }

  /** All plans that somebody may be on here. */
  List<Plan> all() {
    List<Plan> all = new ArrayList<>(inOrder);
    if (otherwise != null && !all.contains(otherwise)) {
      all.add(otherwise);
    }
    return all;
  }

  /** The caller's plan, or null when the user is not limited. */
  @Nullable Plan planOf(Caller caller) {
    @Nullable Plan plan = caller.user() == null ? null : byUserOf(caller.user(), caller.tenant());
    if (plan == null && !byGroup.isEmpty()) {
      plan = byGroupOf(caller);
    }
    if (plan == null && caller.tenant() != null) {
      plan = byTenant.get(caller.tenant());
    }
    return plan == null ? otherwise : plan;
  }

  /** The pair's, else the name's in every tenant. */
  private @Nullable Plan byUserOf(String user, @Nullable String tenant) {
    if (tenant != null && !byPair.isEmpty()) {
      @Nullable Map<String, Plan> ofTenant = byPair.get(tenant);
      @Nullable Plan plan = ofTenant == null ? null : ofTenant.get(user);
      if (plan != null) {
        return plan;
      }
    }
    return byUser.get(user);
  }

  /** The first plan, in the order of plans, of those that the groups are on. */
  private @Nullable Plan byGroupOf(Caller caller) {
    @Nullable Plan first = null;
    for (String group : caller.groups()) {
      @Nullable Plan plan = byGroup.get(group);
      if (plan != null && (first == null || inOrder.indexOf(plan) < inOrder.indexOf(first))) {
        first = plan;
      }
    }
    return first;
  }

  /**
   * Nobody is on two plans of one kind, wherever they hold.
   *
   * @throws IllegalArgumentException that names who is
   */
  static void check(List<Plan> plans) {
    check("user", Plan::users, plans);
    check("group", Plan::groups, plans);
    check("tenant", Plan::tenants, plans);
    for (Plan plan : plans) {
      for (Plan other : plans) {
        if (plan != other && plan.name().equals(other.name())) {
          throw new IllegalArgumentException("two plans are named " + plan.name());
        }
        if (plan != other
            && plan.namesNobody()
            && other.namesNobody()
            && plan.standsAgainst(other)) {
          throw new IllegalArgumentException(
              "plans " + plan.name() + " and " + other.name() + " are both for everybody");
        }
      }
    }
  }

  private static void check(
      String what, Function<Plan, Collection<String>> names, List<Plan> plans) {
    Map<String, List<Plan>> seen = new HashMap<>();
    for (Plan plan : plans) {
      for (String name : names.apply(plan)) {
        for (Plan other : seen.computeIfAbsent(name, first -> new ArrayList<>())) {
          if (plan.standsAgainst(other)) {
            throw new IllegalArgumentException(
                what + " '" + name + "' is on two plans: " + other.name() + " and " + plan.name());
          }
        }
        seen.get(name).add(plan);
      }
    }
  }
}
