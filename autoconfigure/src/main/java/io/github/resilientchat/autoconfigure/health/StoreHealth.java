package io.github.resilientchat.autoconfigure.health;

import io.github.resilientchat.core.quota.StoreState;
import java.util.LinkedHashMap;
import java.util.Map;

/** The store that instances share: calls get around one that is away, as configured. */
final class StoreHealth {

  private StoreHealth() {}

  static HealthReport of(StoreState state) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("away", state.away());
    if (state.since() != null) {
      details.put("since", state.since().toString());
    }
    if (state.why() != null) {
      details.put("why", state.why());
    }
    details.put("untold", state.untold());
    details.put("lost", state.lost());
    return new HealthReport(
        state.away() ? HealthReport.Status.DEGRADED : HealthReport.Status.UP, details);
  }
}
