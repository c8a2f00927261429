package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.internal.choice.Bound;
import io.github.resilientchat.core.internal.choice.BoundTier;
import io.github.resilientchat.core.internal.choice.Choice;
import io.github.resilientchat.core.internal.choice.SafeOrder;
import io.github.resilientchat.core.operation.RouteStatus;
import io.github.resilientchat.core.operation.TargetStatus;
import io.github.resilientchat.core.route.BreakerPolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The targets of a route, bound, with the weights that count. Immutable. */
final class BoundRoute {

  private final Route route;
  private final List<List<Bound>> tiers;
  private final Map<String, Integer> weights;
  private final Choice choice;

  /**
   * @param weights by the names of targets, where they are not as configured
   */
  BoundRoute(Common common, Route route, Map<String, Integer> weights) {
    this.route = route;
    this.tiers = bound(common, route);
    this.weights = Map.copyOf(weights);
    this.choice = choice(common);
  }

  private static List<List<Bound>> bound(Common common, Route route) {
    BreakerPolicy breaker = route.policy().breaker();
    List<List<Bound>> tiers = new ArrayList<>();
    for (Route.Tier tier : route.tiers()) {
      int number = tiers.size();
      tiers.add(
          tier.targets().stream()
              .map(
                  target ->
                      new Bound(
                          target,
                          number,
                          common.book().of(target),
                          common.gates().of(target, breaker)))
              .toList());
    }
    return tiers;
  }

  private Choice choice(Common common) {
    List<BoundTier> made = new ArrayList<>();
    for (List<Bound> tier : tiers) {
      Route.Tier configured = route.tiers().get(made.size());
      List<Target> weighted = configured.targets().stream().map(this::weighted).toList();
      Route.Tier asWeighted = new Route.Tier(weighted, configured.strategy());
      made.add(new BoundTier(tier, SafeOrder.of(asWeighted, common.book())));
    }
    return new Choice(made, common.gates().coolDowns().drains());
  }

  private Target weighted(Target target) {
    int weight = weight(target);
    return weight == target.weight() ? target : target.withWeight(weight);
  }

  private int weight(Target target) {
    return weights.getOrDefault(target.name(), target.weight());
  }

  Choice choice() {
    return choice;
  }

  RouteStatus status(long now) {
    List<TargetStatus> targets =
        tiers.stream()
            .flatMap(List::stream)
            .map(bound -> bound.status(weight(bound.target()), now))
            .toList();
    return new RouteStatus(route.name(), targets);
  }

  /** Ends what a target rests for; whether anything did. */
  boolean endRest(String target, long now) {
    boolean ended = false;
    for (List<Bound> tier : tiers) {
      for (Bound bound : tier) {
        ended |= bound.target().name().equals(target) && bound.endRest(now);
      }
    }
    return ended;
  }
}
