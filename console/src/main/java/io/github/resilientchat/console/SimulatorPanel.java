package io.github.resilientchat.console;

import io.github.resilientchat.core.Quoted;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the simulator does to Regions, as somebody asks for it. Thread-safe. */
final class SimulatorPanel {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatorPanel.class);
  private static final Duration SLOW = Duration.ofSeconds(2);

  private final BedrockSimulator simulator;
  private final Map<String, String> hurt = new TreeMap<>();

  SimulatorPanel(BedrockSimulator simulator) {
    this.simulator = simulator;
  }

  /** Regions and what is done to them. */
  synchronized List<Map<String, Object>> hurt() {
    List<Map<String, Object>> all = new ArrayList<>();
    hurt.forEach((region, how) -> all.add(Map.of("region", region, "does", how)));
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
    if (action.equals("heal")) {
      hurt.remove(region);
    } else {
      fault(action);
      hurt.put(region, action);
    }
    simulator.clearFaults();
    hurt.forEach((where, how) -> simulator.fault(fault(how).region(where)));
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
