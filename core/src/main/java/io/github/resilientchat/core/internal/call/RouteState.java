package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.internal.choice.Bound;
import io.github.resilientchat.core.internal.choice.BoundTier;
import io.github.resilientchat.core.internal.choice.Choice;
import io.github.resilientchat.core.internal.choice.SafeOrder;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.route.BreakerPolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * All that an engine keeps for a route: its turns, budgets and choices, for every model over it.
 * The router of the route.
 */
public final class RouteState implements Router {

  private final Common common;
  private final Route route;
  private final List<Target> targets;
  private final Choice choice;
  private final RetryBudget budget;
  private final HedgeBudget hedges;
  private final CallerQuotas quotas;

  /**
   * @throws IllegalArgumentException if a target's name is another target's in this engine, or if
   *     the quotas of callers cannot be held over this route
   */
  public RouteState(Common common, Route route) {
    this.common = common;
    this.route = route;
    this.targets = route.targets();
    targets.forEach(common.book()::enter);
    Budgets.Of budgets = common.budgets().of(route);
    this.budget = budgets.retries();
    this.hedges = budgets.hedges();
    this.choice = choice(common, route);
    this.quotas =
        Objects.requireNonNull(common.quotas().over(route.tariff(), this::left), "no quotas");
    common.routes().putIfAbsent(route.name(), this);
  }

  /** What a target must be able to do for this call. */
  Set<Capability> needs(ModelCall call) {
    Set<Capability> required = route.policy().requires();
    if (required.isEmpty() || call.needs().containsAll(required)) {
      return call.needs();
    }
    Set<Capability> both = EnumSet.copyOf(required);
    both.addAll(call.needs());
    return both;
  }

  /** See {@code Scarcity}. */
  private double left(double enough) {
    long now = common.ticker().nanos();
    double most = 0;
    for (int i = 0; i < targets.size() && most < enough; i++) {
      Target target = targets.get(i);
      if (common.coolDowns().of(target).remaining(now) <= 0) {
        most = Math.max(most, common.book().of(target).quotaLeft(now));
      }
    }
    return most;
  }

  private static Choice choice(Common common, Route route) {
    BreakerPolicy breaker = route.policy().breaker();
    List<BoundTier> tiers = new ArrayList<>();
    for (Route.Tier tier : route.tiers()) {
      int number = tiers.size();
      List<Bound> bound =
          tier.targets().stream()
              .map(
                  target ->
                      new Bound(
                          target,
                          number,
                          common.book().of(target),
                          common.gates().of(target, breaker)))
              .toList();
      tiers.add(new BoundTier(bound, SafeOrder.of(tier, common.book())));
    }
    return new Choice(tiers);
  }

  @Override
  public Step begin(ModelCall call) {
    long now = common.ticker().nanos();
    return new RoutedCall(this, call, null, now).begin(now);
  }

  @Override
  public Route route() {
    return route;
  }

  Common common() {
    return common;
  }

  CallerQuotas quotas() {
    return quotas;
  }

  List<Target> targets() {
    return targets;
  }

  /** Those that a call may be sent to at all. */
  List<Target> targetsFor(ModelCall call) {
    return call.terms().fallbacks() ? targets : route.tiers().get(0).targets();
  }

  /** Targets behind the first tier. */
  List<Target> fallbacks() {
    return targets.subList(route.tiers().get(0).targets().size(), targets.size());
  }

  Choice choice() {
    return choice;
  }

  RetryBudget budget() {
    return budget;
  }

  HedgeBudget hedges() {
    return hedges;
  }
}
