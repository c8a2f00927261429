package io.github.resilientchat.autoconfigure.quota;

import io.github.resilientchat.core.quota.Limits;
import java.util.Map;

/**
 * The routes that quotas may name.
 *
 * @param limits what all calls over a route may use together, by the names of all routes; limits
 *     that cannot be read, which are reported elsewhere, are left out
 */
public record QuotaRoutes(Map<String, Limits> limits) {

  public QuotaRoutes {
    limits = Map.copyOf(limits);
  }

  boolean areLimited() {
    return limits.values().stream().anyMatch(each -> !each.isEmpty());
  }
}
