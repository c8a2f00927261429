package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.internal.choice.Choice;
import io.github.resilientchat.core.internal.choice.SafeOrder;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.route.BreakerPolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.Objects;

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
    Budgets.Of budgets = common.budgets().of(route, common.ticker().nanos());
    this.budget = budgets.retries();
    this.hedges = budgets.hedges();
    this.choice = choice(common, route, targets);
    this.quotas =
        Objects.requireNonNull(common.quotas().over(route.tariff(), this::left), "no quotas");
    common.routes().putIfAbsent(route.name(), this);
  }

  /** See {@code Scarcity}. */
  private double left(double enough) {
    double most = 0;
    for (int i = 0; i < targets.size() && most < enough; i++) {
      Target target = targets.get(i);
      if (common.coolDowns().remaining(target) <= 0) {
        most = Math.max(most, common.book().of(target).quotaLeft());
      }
    }
    return most;
  }

  private static Choice choice(Common common, Route route, List<Target> targets) {
    BreakerPolicy breaker = route.policy().breaker();
    return new Choice(
        route.tiers().stream().map(tier -> SafeOrder.of(tier, common.book())).toList(),
        List.of(common.coolDowns(), common.limits(), common.breakers().with(breaker, targets)),
        List.of(
            common.coolDowns().urgent(),
            common.limits(),
            common.breakers().urgent(breaker, targets)),
        common.book(),
        common.coolDowns(),
        common.ticker());
  }

  @Override
  public Step begin(ModelCall call) {
    return new RoutedCall(this, call, null).begin();
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
