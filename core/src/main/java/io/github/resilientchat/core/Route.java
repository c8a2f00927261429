package io.github.resilientchat.core;

import io.github.resilientchat.core.strategy.RoutingStrategy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A logical model that applications ask for by name: targets in tiers, and policy. A later tier is
 * used when no target of the earlier tiers can answer; the strategy orders the targets of a tier.
 *
 * <p>Defaults of {@link #named}: strategy {@link RoutingStrategy#weighted()}, policy {@link
 * RoutePolicy#DEFAULTS}.
 */
public record Route(
    String name, List<List<Target>> tiers, RoutingStrategy strategy, RoutePolicy policy) {

  public Route {
    tiers = tiers.stream().map(List::copyOf).toList();
    if (tiers.isEmpty() || tiers.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException(
          "route " + name + " needs at least one target in each tier");
    }
    Set<String> seen = new HashSet<>();
    for (List<Target> tier : tiers) {
      for (Target target : tier) {
        if (!seen.add(target.name())) {
          throw new IllegalArgumentException(
              "route " + name + " names target " + target.name() + " twice");
        }
      }
    }
  }

  /** A route's builder. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** All targets, tier by tier. */
  public List<Target> targets() {
    return tiers.stream().flatMap(List::stream).toList();
  }

  /** Builds a route; see {@link Route} for the defaults. */
  public static final class Builder {
    private final String name;
    private final List<List<Target>> tiers = new ArrayList<>();
    private RoutingStrategy strategy = RoutingStrategy.weighted();
    private RoutePolicy policy = RoutePolicy.DEFAULTS;

    private Builder(String name) {
      this.name = name;
    }

    /** Adds a tier, used when no target of the tiers added before can answer. */
    public Builder tier(List<Target> targets) {
      tiers.add(targets);
      return this;
    }

    /** Adds a tier of these targets. */
    public Builder tier(Target... targets) {
      return tier(List.of(targets));
    }

    public Builder strategy(RoutingStrategy value) {
      strategy = value;
      return this;
    }

    public Builder policy(RoutePolicy value) {
      policy = value;
      return this;
    }

    public Route build() {
      return new Route(name, tiers, strategy, policy);
    }
  }
}
