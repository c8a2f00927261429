package io.github.resilientchat.core.route;

import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.quota.Tariff;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A logical model that applications ask for by name: targets in tiers, and policy. A later tier is
 * used when no target of the earlier tiers can answer; a strategy orders the targets of a tier.
 *
 * <p>Defaults of {@link #named}: strategy {@link RoutingStrategy#adaptive()}, policy {@link
 * RoutePolicy#DEFAULTS}.
 */
public record Route(String name, List<Tier> tiers, RoutePolicy policy) {

  /** Targets that stand beside each other, and how calls are spread over them. */
  public record Tier(List<Target> targets, RoutingStrategy strategy) {

    public Tier {
      targets = List.copyOf(targets);
    }
  }

  public Route {
    tiers = List.copyOf(tiers);
    if (tiers.isEmpty() || tiers.stream().anyMatch(tier -> tier.targets().isEmpty())) {
      throw new IllegalArgumentException(
          "route " + name + " needs at least one target in each tier");
    }
    Set<String> seen = new HashSet<>();
    for (Tier tier : tiers) {
      for (Target target : tier.targets()) {
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
    return tiers.stream().flatMap(tier -> tier.targets().stream()).toList();
  }

  /** What calls over the route may cost. */
  public Tariff tariff() {
    @Nullable Prices dearest = null;
    List<String> unpriced = new ArrayList<>();
    for (Target target : targets()) {
      @Nullable Prices prices = target.traits().prices();
      if (prices == null) {
        unpriced.add(target.name());
      } else {
        dearest = dearest == null ? prices : dearest.dearest(prices);
      }
    }
    return new Tariff(name, dearest, unpriced);
  }

  /** Builds a route; see {@link Route} for the defaults. */
  public static final class Builder {
    private final String name;
    private final List<Planned> tiers = new ArrayList<>();
    private RoutingStrategy strategy = RoutingStrategy.adaptive();
    private RoutePolicy policy = RoutePolicy.DEFAULTS;

    private Builder(String name) {
      this.name = name;
    }

    /** A tier whose strategy may still be the route's. */
    private record Planned(List<Target> targets, @Nullable RoutingStrategy own) {}

    /** Adds a tier, used when no target of the tiers added before can answer. */
    public Builder tier(List<Target> targets) {
      tiers.add(new Planned(targets, null));
      return this;
    }

    /** Adds a tier of these targets. */
    public Builder tier(Target... targets) {
      return tier(List.of(targets));
    }

    /**
     * Adds another route's tiers, with its strategies, behind those added before. Targets that are
     * there already are not added again; the policy stays this route's.
     */
    public Builder fallback(Route other) {
      for (Tier tier : other.tiers()) {
        List<Target> more = tier.targets().stream().filter(target -> !isPlanned(target)).toList();
        if (!more.isEmpty()) {
          tiers.add(new Planned(more, tier.strategy()));
        }
      }
      return this;
    }

    /** How calls are spread over the targets of each tier. */
    public Builder strategy(RoutingStrategy value) {
      strategy = value;
      return this;
    }

    public Builder policy(RoutePolicy value) {
      policy = value;
      return this;
    }

    public Route build() {
      List<Tier> built =
          tiers.stream()
              .map(tier -> new Tier(tier.targets(), tier.own() == null ? strategy : tier.own()))
              .toList();
      return new Route(name, built, policy);
    }

    private boolean isPlanned(Target target) {
      return tiers.stream()
          .flatMap(tier -> tier.targets().stream())
          .anyMatch(planned -> planned.name().equals(target.name()));
    }
  }
}
