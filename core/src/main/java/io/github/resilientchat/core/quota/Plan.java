package io.github.resilientchat.core.quota;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Limits for certain callers. Each user on a plan has an account of their own.
 *
 * <p>A caller's plan is the one that names the user, else one that names a group, else one that
 * names the tenant, else one that names nothing but the route, else the default. A plan that names
 * routes holds for calls over them alone, and comes there before a plan of the same kind that names
 * none.
 *
 * @param name the plan's name, shown in refusals
 * @param limits what each user may use
 * @param users ids of the users who are on this plan, in whatever tenant; {@code tenant/id} names
 *     one in that tenant alone, and comes before the id alone
 * @param groups groups whose members are on this plan
 * @param tenants tenants whose users are on this plan
 * @param routes the routes that it holds for; empty for all
 * @param tenantLimits what each of the tenants may use as a whole
 * @param onExceeded what becomes of calls that do not fit, or null for what is said for all plans
 * @param weight the share that callers on this plan get where a route is scarce, from 1 to 1000
 */
public record Plan(
    String name,
    Limits limits,
    Set<String> users,
    Set<String> groups,
    Set<String> tenants,
    Set<String> routes,
    Limits tenantLimits,
    @Nullable OnExceeded onExceeded,
    int weight) {

  private static final int MOST_WEIGHT = 1_000;

  public Plan {
    users = Set.copyOf(users);
    groups = Set.copyOf(groups);
    tenants = Set.copyOf(tenants);
    routes = Set.copyOf(routes);
    if (weight < 1 || weight > MOST_WEIGHT) {
      throw new IllegalArgumentException(
          "the weight of plan " + name + " must be from 1 to " + MOST_WEIGHT + ": " + weight);
    }
    if (limits.isEmpty() && tenantLimits.isEmpty()) {
      throw new IllegalArgumentException("plan " + name + " needs limits");
    }
    if (!tenantLimits.isEmpty() && (tenants.isEmpty() || !routes.isEmpty())) {
      throw new IllegalArgumentException(
          "plan "
              + name
              + " has limits of tenants, so it must name tenants, and no routes: a tenant as a"
              + " whole has one account");
    }
  }

  /** A plan of certain users, or of everybody else. */
  public Plan(String name, Limits limits, Set<String> users) {
    this(name, limits, users, Set.of(), Set.of(), Set.of(), Limits.NONE, null, 1);
  }

  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Whether it differs from another one in limits at most. */
  boolean isForTheSame(Plan other) {
    return users.equals(other.users)
        && groups.equals(other.groups)
        && tenants.equals(other.tenants)
        && routes.equals(other.routes)
        && weight == other.weight
        && Objects.equals(onExceeded, other.onExceeded);
  }

  boolean namesNobody() {
    return users.isEmpty() && groups.isEmpty() && tenants.isEmpty();
  }

  boolean holdsOver(String route) {
    return routes.isEmpty() || routes.contains(route);
  }

  /** Whether one of two plans of the same kind would come before the other on no route. */
  boolean standsAgainst(Plan other) {
    return routes.isEmpty() == other.routes.isEmpty()
        && (routes.isEmpty() || routes.stream().anyMatch(other.routes::contains));
  }

  /** Builds a plan; by default it names nobody, limits nothing and answers as all plans do. */
  public static final class Builder {
    private final String name;
    private Limits limits = Limits.NONE;
    private Set<String> users = Set.of();
    private Set<String> groups = Set.of();
    private Set<String> tenants = Set.of();
    private Set<String> routes = Set.of();
    private Limits tenantLimits = Limits.NONE;
    private @Nullable OnExceeded onExceeded;
    private int weight = 1;

    private Builder(String name) {
      this.name = name;
    }

    public Builder limits(Limits value) {
      limits = value;
      return this;
    }

    public Builder users(String... values) {
      users = Set.of(values);
      return this;
    }

    public Builder groups(String... values) {
      groups = Set.of(values);
      return this;
    }

    public Builder tenants(String... values) {
      tenants = Set.of(values);
      return this;
    }

    public Builder routes(String... values) {
      routes = Set.of(values);
      return this;
    }

    public Builder tenantLimits(Limits value) {
      tenantLimits = value;
      return this;
    }

    public Builder onExceeded(OnExceeded value) {
      onExceeded = value;
      return this;
    }

    /** The share where a route is scarce; a caller of weight 3 gets three times as much as of 1. */
    public Builder weight(int value) {
      weight = value;
      return this;
    }

    public Plan build() {
      return new Plan(
          name, limits, users, groups, tenants, routes, tenantLimits, onExceeded, weight);
    }
  }
}
