package io.github.resilientchat.console;

import io.github.resilientchat.core.Quoted;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the simulator does to Regions, as somebody asks for it here. Faults that others set, a
 * scenario or a test, are theirs: they are neither shown nor taken back. Thread-safe.
 */
final class SimulatorPanel {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatorPanel.class);
  private static final Duration SLOW = Duration.ofSeconds(2);

  private final BedrockSimulator simulator;
  private final Map<String, Hurt> hurt = new TreeMap<>();

  /** What is done to a Region. */
  private record Hurt(String action, Fault fault) {}

  SimulatorPanel(BedrockSimulator simulator) {
    this.simulator = simulator;
  }

  /** Regions and what is done to them, but for what somebody else ended. */
  synchronized List<Map<String, Object>> hurt() {
    hurt.values().removeIf(how -> !simulator.isInForce(how.fault()));
    List<Map<String, Object>> all = new ArrayList<>();
    hurt.forEach((region, how) -> all.add(Map.of("region", region, "does", how.action())));
    return all;
  }

  /**
   * Does something to a Region from now on.
   *
   * @throws IllegalArgumentException if there is no such thing
   */
  void act(String action, String region, String by) {
    does(action, region);
    LOG.info(
        "operator {}: the simulator does {} to Region {}",
        Quoted.of(by),
        action,
        Quoted.of(region));
  }

  private synchronized void does(String action, String region) {
    @Nullable Hurt now =
        action.equals("heal") ? null : new Hurt(action, fault(action).region(region));
    @Nullable Hurt before = now == null ? hurt.remove(region) : hurt.put(region, now);
    if (before != null) {
      simulator.remove(before.fault());
    }
    if (now != null) {
      simulator.fault(now.fault());
    }
  }

  private static Fault fault(String action) {
    return switch (action) {
      case "throttle" -> Fault.httpError(429, "ThrottlingException", "Too many requests");
      case "kill" -> Fault.httpError(503, "ServiceUnavailableException", "Region is out");
      case "slow" -> Fault.latency(SLOW);
      default ->
          throw new IllegalArgumentException("there is no such action, but throttle, kill, slow");
    };
  }
}
