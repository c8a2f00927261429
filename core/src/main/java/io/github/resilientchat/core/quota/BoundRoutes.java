package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Ticker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The routes that an application's quotas hold over. Each is bound to them when it is set up; calls
 * over no route in particular are held to what holds everywhere. Thread-safe.
 */
final class BoundRoutes {

  private final PlanBook plans;
  private final HouseRules rules;
  private final QuotaBook book;
  private final boolean fairShares;
  private final Ticker ticker;
  private final RouteQuotas none;
  private final Map<String, RouteQuotas> known = new ConcurrentHashMap<>();

  BoundRoutes(PlanBook plans, QuotaBook book, QuotaSettings settings) {
    this.plans = plans;
    this.rules =
        new HouseRules(
            settings.anonymous == AnonymousCallers.SHARED, settings.onExceeded, settings.weights);
    this.book = book;
    this.fairShares = settings.fairShares;
    this.ticker = settings.ticker;
    this.none = unshared("");
  }

  HouseRules rules() {
    return rules;
  }

  /**
   * Binds a route, in place of the one of its name before.
   *
   * @param engines the ticker of the engine that asks, or null for any
   * @throws IllegalArgumentException if its targets lack prices that a limit needs
   */
  RouteQuotas bind(Tariff tariff, Scarcity scarcity, @Nullable Ticker engines) {
    book.limits().requirePrices(tariff);
    RouteQuotas quotas = bound(tariff, fairShares ? scarcity : Scarcity.NEVER, engines == ticker);
    known.put(tariff.route(), quotas);
    return quotas;
  }

  /** The quotas of calls over no route in particular. */
  RouteQuotas none() {
    return none;
  }

  /** The quotas over a route, as they would be if it is not bound. */
  RouteQuotas over(String route) {
    @Nullable RouteQuotas quotas = known.get(route);
    return quotas == null ? unshared(route) : quotas;
  }

  private RouteQuotas unshared(String route) {
    return bound(new Tariff(route, null, List.of()), Scarcity.NEVER, false);
  }

  private RouteQuotas bound(Tariff tariff, Scarcity scarcity, boolean isEnginesClock) {
    return new RouteQuotas(
        this, book, plans.over(tariff.route()), tariff, scarcity, isEnginesClock);
  }
}
