package io.github.resilientchat.autoconfigure.actuator;

import io.github.resilientchat.core.operation.TargetStatus;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A target as the endpoint shows it: numbers, names of the configuration and codes. */
final class TargetView {

  private TargetView() {}

  static Map<String, Object> of(TargetStatus status) {
    Target target = status.target();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", target.name());
    view.put("model", target.model());
    view.put("region", target.region());
    view.put("account", target.account());
    view.put("tier", status.tier());
    view.put("weight", status.weight());
    view.put("state", status.state().name().toLowerCase(Locale.ROOT));
    if (status.reason() != null) {
      view.put("reason", status.reason());
    }
    @Nullable Duration wait = status.comesBackIn();
    if (wait != null) {
      view.put("comesBackInSeconds", (wait.toMillis() + 999) / 1000);
    }
    view.put("inFlight", status.inFlight());
    view.put("quotaLeft", rounded(status.quotaLeft()));
    Map<String, Object> limits = new LinkedHashMap<>();
    status.limits().forEach(used -> limits.put(used.limit().toString(), used.used()));
    view.put("limitsUsed", limits);
    view.put("blocking", way(status.blocking()));
    view.put("streaming", way(status.streaming()));
    return view;
  }

  private static Map<String, Object> way(TargetStatus.Way way) {
    Map<String, Object> view = new LinkedHashMap<>();
    if (!Double.isNaN(way.latency())) {
      view.put("latencySeconds", rounded(way.latency()));
    }
    view.put("failures", rounded(way.failures()));
    view.put("breaker", way.breaker().name().toLowerCase(Locale.ROOT));
    return view;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
