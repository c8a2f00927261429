package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.Quoted;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The targets of a route, bound, with the weights that count now. A change of weight makes the
 * tiers' orders anew beside those in use, so that calls read one reference.
 */
final class BoundRoute {

  private final Common common;
  private final Route route;
  private final List<List<Bound>> tiers;
  private final Map<String, Integer> weights = new HashMap<>();
  private volatile Choice choice;

  BoundRoute(Common common, Route route) {
    this.common = common;
    this.route = route;
    this.tiers = bound(common, route);
    for (Target target : route.targets()) {
      weights.put(target.name(), target.weight());
    }
    this.choice = choice(common, route, tiers, weights);
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

  private static Choice choice(
      Common common, Route route, List<List<Bound>> tiers, Map<String, Integer> weights) {
    List<BoundTier> made = new ArrayList<>();
    for (List<Bound> tier : tiers) {
      Route.Tier configured = route.tiers().get(made.size());
      List<Target> weighted =
          configured.targets().stream().map(target -> weighted(target, weights)).toList();
      Route.Tier asWeighted = new Route.Tier(weighted, configured.strategy());
      made.add(new BoundTier(tier, SafeOrder.of(asWeighted, common.book())));
    }
    return new Choice(made);
  }

  private static Target weighted(Target target, Map<String, Integer> weights) {
    int weight = Objects.requireNonNull(weights.get(target.name()));
    return weight == target.weight() ? target : target.withWeight(weight);
  }

  Choice choice() {
    return choice;
  }

  /**
   * Gives a target another weight; whether it had another one.
   *
   * @throws IllegalArgumentException if the route has no such target
   */
  synchronized boolean weigh(String target, int weight) {
    @Nullable Integer known = weights.get(target);
    if (known == null) {
      throw new IllegalArgumentException(
          "route "
              + route.name()
              + " has no target "
              + Quoted.of(target)
              + ", but "
              + route.targets());
    }
    if (known == weight) {
      return false;
    }
    Map<String, Integer> changed = new HashMap<>(weights);
    changed.put(target, weight);
    // Strategies are anybody's: nothing has changed when one throws.
    Choice made = choice(common, route, tiers, changed);
    weights.put(target, weight);
    choice = made;
    return true;
  }

  private synchronized int weight(Target target) {
    return weights.getOrDefault(target.name(), target.weight());
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
