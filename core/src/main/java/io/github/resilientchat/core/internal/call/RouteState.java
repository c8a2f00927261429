package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.internal.choice.Choice;
import io.github.resilientchat.core.operation.RouteStatus;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.Scarcity;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * All that an engine keeps for a route as it is now: its turns, budgets and choices, for every
 * model over it. Immutable; a changed route has another state, with what the one before has learnt.
 */
final class RouteState {

  private final Common common;
  private final Route route;
  private final List<Target> targets;
  private final BoundRoute bound;
  private final Budgets.Of budgets;
  private final CallerQuotas quotas;

  /**
   * @param weights by the names of targets, where they are not as configured
   * @param scarcity tells how much the route has left, now and once it has changed
   * @throws IllegalArgumentException if a target's name is another target's in this engine, or if
   *     the quotas of callers cannot be held over this route
   */
  RouteState(Common common, Route route, Map<String, Integer> weights, Scarcity scarcity) {
    this.common = common;
    this.route = route;
    this.targets = route.targets();
    targets.forEach(common.book()::enter);
    this.budgets = common.budgets().of(route);
    this.bound = new BoundRoute(common, route, weights);
    this.quotas = bound(common, route, scarcity);
  }

  private static CallerQuotas bound(Common common, Route route, Scarcity scarcity) {
    return Objects.requireNonNull(
        common.quotas().over(route.tariff(), scarcity, common.ticker()), "no quotas");
  }

  private RouteState(RouteState before, Route route, Map<String, Integer> weights, Scarcity left) {
    this.common = before.common;
    this.route = route;
    this.targets = route.targets();
    targets.forEach(common.book()::enter);
    this.budgets = before.isAsPatient(route) ? before.budgets : common.budgets().of(route);
    this.bound = new BoundRoute(common, route, weights);
    this.quotas =
        before.route.tariff().equals(route.tariff()) ? before.quotas : bound(common, route, left);
  }

  /** The same route, changed. */
  RouteState after(Route changed, Map<String, Integer> weights, Scarcity scarcity) {
    return new RouteState(this, changed, weights, scarcity);
  }

  private boolean isAsPatient(Route other) {
    return route.policy().retry().budgetPercent() == other.policy().retry().budgetPercent()
        && route.policy().hedge().equals(other.policy().hedge());
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
  double left(double enough) {
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

  Step begin(ModelCall call) {
    return Admittance.begin(this, call, null, common.ticker().nanos());
  }

  Route route() {
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
    return bound.choice();
  }

  RouteStatus status() {
    return bound.status(common.ticker().nanos());
  }

  /** Ends what a target rests for; whether anything did. */
  boolean endRest(String target) {
    return bound.endRest(target, common.ticker().nanos());
  }

  RetryBudget budget() {
    return budgets.retries();
  }

  HedgeBudget hedges() {
    return budgets.hedges();
  }
}
