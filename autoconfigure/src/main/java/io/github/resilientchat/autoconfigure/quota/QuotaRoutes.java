package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.core.quota.Limits;
import java.util.List;
import java.util.Map;

/**
 * The routes that quotas may name.
 *
 * @param limits what all calls over a route may use together, by the names of all routes; limits
 *     that cannot be read, which are reported elsewhere, are left out
 * @param answers tokens of the longest answer to requests that set no limit, by the names of routes
 *     that say so; others leave it to their models
 * @param unpriced targets without prices, by the names of the routes that have some
 */
public record QuotaRoutes(
    Map<String, Limits> limits, Map<String, Integer> answers, Map<String, List<String>> unpriced) {

  public QuotaRoutes {
    limits = Map.copyOf(limits);
    answers = Map.copyOf(answers);
    unpriced = Map.copyOf(unpriced);
  }

  boolean areLimited() {
    return limits.values().stream().anyMatch(each -> !each.isEmpty());
  }
}
