package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.Tariff;
import java.util.Map;

/**
 * The routes that quotas may name.
 *
 * @param limits what all calls over a route may use together, by the names of all routes; limits
 *     that cannot be read, which are reported elsewhere, are left out
 * @param answers tokens of the longest answer to requests that set no limit, by the names of routes
 *     that say so; others leave it to their models
 * @param tariffs what calls cost, by the names of the routes that could be read
 */
public record QuotaRoutes(
    Map<String, Limits> limits, Map<String, Integer> answers, Map<String, Tariff> tariffs) {

  public QuotaRoutes {
    limits = Map.copyOf(limits);
    answers = Map.copyOf(answers);
    tariffs = Map.copyOf(tariffs);
  }

  boolean areLimited() {
    return limits.values().stream().anyMatch(each -> !each.isEmpty());
  }
}
