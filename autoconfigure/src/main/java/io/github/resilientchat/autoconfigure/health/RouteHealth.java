package io.github.resilientchat.autoconfigure.health;

import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.operation.RouteStatus;
import io.github.resilientchat.core.operation.TargetStatus;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The health of a route: up while a target would be asked, out of service when none would.
 *
 * @param simulated whether a simulator answers
 */
record RouteHealth(Operations operations, boolean simulated) {

  HealthReport of(String route) {
    List<RouteStatus> known =
        operations.routes().stream().filter(each -> each.name().equals(route)).toList();
    Map<String, Object> details = new LinkedHashMap<>();
    if (simulated) {
      details.put("simulated", true);
    }
    if (known.isEmpty()) {
      details.put("reason", "no model was built over it");
      return new HealthReport(HealthReport.Status.UNKNOWN, details);
    }
    Map<String, Object> targets = new LinkedHashMap<>();
    known.forEach(
        status ->
            status.targets().forEach(target -> targets.put(target.target().name(), told(target))));
    boolean canAnswer = known.stream().anyMatch(RouteStatus::canAnswer);
    if (!canAnswer) {
      putSeconds(details, known.get(0).comesBackIn());
    }
    details.put("targets", targets);
    return new HealthReport(
        canAnswer ? HealthReport.Status.UP : HealthReport.Status.OUT_OF_SERVICE, details);
  }

  private static Map<String, Object> told(TargetStatus status) {
    Target target = status.target();
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("state", status.state().name().toLowerCase(Locale.ROOT));
    if (status.reason() != null) {
      told.put("reason", status.reason());
    }
    putSeconds(told, status.comesBackIn());
    told.put("tier", status.tier());
    told.put("model", target.model());
    told.put("region", target.region());
    told.put("account", target.account());
    return told;
  }

  /** Rounded up: nobody comes back too early. */
  private static void putSeconds(Map<String, Object> told, @Nullable Duration wait) {
    if (wait != null) {
      told.put("comesBackInSeconds", (wait.toMillis() + 999) / 1000);
    }
  }
}
