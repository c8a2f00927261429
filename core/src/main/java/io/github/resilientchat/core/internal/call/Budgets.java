package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.route.HedgePolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tries and hedges that the models over each route of an engine have together. A route is known
 * by its name and targets here, whatever its strategies: the models of both frameworks that were
 * built apart are over one route.
 */
public final class Budgets {

  private final Map<Key, Of> byRoute = new ConcurrentHashMap<>();

  private record Key(String name, List<String> targets, int retryPercent, HedgePolicy hedge) {}

  /** Nobody has tried again. */
  void forget() {
    byRoute.clear();
  }

  /** One route's. */
  record Of(RetryBudget retries, HedgeBudget hedges) {}

  Of of(Route route) {
    int percent = route.policy().retry().budgetPercent();
    HedgePolicy hedge = route.policy().hedge();
    List<String> targets = route.targets().stream().map(Target::name).toList();
    Of made = new Of(new RetryBudget(percent), new HedgeBudget(hedge));
    Of first = byRoute.putIfAbsent(new Key(route.name(), targets, percent, hedge), made);
    return first == null ? made : first;
  }
}
