package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.internal.choice.Choice;
import io.github.resilientchat.core.internal.choice.SafeOrder;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.Tariff;
import io.github.resilientchat.core.route.BreakerPolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    this.quotas = Objects.requireNonNull(common.quotas().over(tariff(route, targets)), "no quotas");
    common.routes().putIfAbsent(route.name(), this);
  }

  private static Tariff tariff(Route route, List<Target> targets) {
    @Nullable Prices dearest = null;
    List<String> unpriced = new ArrayList<>();
    for (Target target : targets) {
      @Nullable Prices prices = target.traits().prices();
      if (prices == null) {
        unpriced.add(target.name());
      } else {
        dearest = dearest == null ? prices : dearest.dearest(prices);
      }
    }
    return new Tariff(route.name(), dearest, unpriced);
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

  /** Targets behind the first tier. */
  Stream<Target> fallbacks() {
    return route.tiers().stream().skip(1).flatMap(tier -> tier.targets().stream());
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
