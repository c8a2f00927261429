package io.github.resilientchat.console;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.operation.Part;
import io.github.resilientchat.core.operation.RouteStatus;
import io.github.resilientchat.core.operation.TargetStatus;
import io.github.resilientchat.core.report.CallReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One look at everything for all who look: at most two a second, and none while nobody does. Has no
 * thread of its own. Thread-safe.
 */
final class Sampler {

  private static final long FRESH_NANOS = Duration.ofMillis(500).toNanos();
  private static final long FORSAKEN_NANOS = Duration.ofSeconds(10).toNanos();

  private record Sample(String json, long at) {}

  private final Operations operations;
  private final Traffic traffic;
  private final Supplier<@Nullable SimulatorPanel> simulator;
  private final Ticker ticker;
  private volatile @Nullable Sample last;

  Sampler(
      Operations operations,
      Traffic traffic,
      Supplier<@Nullable SimulatorPanel> simulator,
      Ticker ticker) {
    this.operations = operations;
    this.traffic = traffic;
    this.simulator = simulator;
    this.ticker = ticker;
  }

  /** How everything is, as JSON. */
  String state() {
    long now = ticker.nanos();
    @Nullable Sample known = last;
    if (known != null && now - known.at() < FRESH_NANOS) {
      return known.json();
    }
    if (known == null || now - known.at() > FORSAKEN_NANOS) {
      traffic.watched(false);
      traffic.watched(true);
    }
    Sample made = new Sample(Json.of(look()), now);
    last = made;
    return made.json();
  }

  private Map<String, Object> look() {
    Map<String, Object> state = new LinkedHashMap<>();
    List<Part> drained = List.copyOf(operations.drained());
    state.put("routes", operations.routes().stream().map(each -> route(each, drained)).toList());
    state.put("drained", drained.stream().map(Sampler::part).toList());
    state.put(
        "callers",
        traffic.top().stream().map(top -> Map.of("id", top.id(), "calls", top.calls())).toList());
    @Nullable SimulatorPanel panel = simulator.get();
    state.put("simulator", panel == null ? null : panel.hurt());
    return state;
  }

  private static Map<String, Object> part(Part part) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("kind", part.kind().name().toLowerCase(Locale.ROOT));
    view.put("name", part.name());
    return view;
  }

  private Map<String, Object> route(RouteStatus route, List<Part> drained) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", route.name());
    view.put("canAnswer", route.canAnswer());
    view.put(
        "targets", route.targets().stream().map(each -> target(route, each, drained)).toList());
    return view;
  }

  private Map<String, Object> target(RouteStatus route, TargetStatus status, List<Part> drained) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", status.target().name());
    view.put("model", status.target().model());
    view.put("region", status.target().region());
    view.put("account", status.target().account());
    view.put("tier", status.tier());
    view.put("weight", status.weight());
    view.put("state", status.state().name().toLowerCase(Locale.ROOT));
    view.put("reason", status.reason());
    @Nullable Duration wait = status.comesBackIn();
    List<Part> with = drained.stream().filter(part -> part.covers(status.target())).toList();
    view.put("drainedWith", with.stream().map(Sampler::part).toList());
    view.put("comesBackIn", wait == null ? null : (wait.toMillis() + 999) / 1000);
    view.put("inFlight", status.inFlight());
    view.put("quotaLeft", status.quotaLeft());
    view.put("latency", status.blocking().latency());
    view.put("firstAndRest", status.streaming().latency());
    view.put("failures", Math.max(status.blocking().failures(), status.streaming().failures()));
    Traffic.Count count = traffic.at(route.name(), status.target().name());
    view.put("attempts", count.attempts().sum());
    view.put("failed", count.failures().sum());
    return view;
  }

  /** Decisions as JSON. */
  static String decisions(List<Traffic.Decision> decisions) {
    return Json.of(decisions.stream().map(Sampler::decision).toList());
  }

  private static Map<String, Object> decision(Traffic.Decision decision) {
    CallReport report = decision.report();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("number", decision.number());
    view.put("route", report.route());
    view.put("ending", report.ending().name().toLowerCase(Locale.ROOT));
    view.put("servedBy", report.servedBy().map(target -> target.name()).orElse(null));
    view.put("millis", report.elapsed().toMillis());
    view.put(
        "attempts",
        report.begun().stream()
            .map(
                attempt ->
                    attempt.target().name()
                        + ": "
                        + (attempt.failure() == null ? "answered" : attempt.failure().kind()))
            .toList());
    return view;
  }
}
