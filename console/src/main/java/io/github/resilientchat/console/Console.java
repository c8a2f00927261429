package io.github.resilientchat.console;

import io.github.resilientchat.autoconfigure.operation.OperatorChange;
import io.github.resilientchat.autoconfigure.operation.OperatorChanges;
import io.github.resilientchat.autoconfigure.route.RoutePlan;
import io.github.resilientchat.autoconfigure.route.RoutePlans;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.operation.Part;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the page shows and does, whatever serves it. Thread-safe. */
final class Console {

  private final Door door;
  private final Sampler sampler;
  private final Traffic traffic;
  private final Viewers viewers = new Viewers();
  private final OperatorChanges changes;
  private final Supplier<@Nullable SimulatorPanel> simulator;
  private final Ticker ticker;
  private final Supplier<RoutePlans> settings;
  private final String token = token();

  Console(
      Door door,
      Sampler sampler,
      Traffic traffic,
      OperatorChanges changes,
      Supplier<@Nullable SimulatorPanel> simulator,
      Ticker ticker,
      Supplier<RoutePlans> settings) {
    this.door = door;
    this.sampler = sampler;
    this.traffic = traffic;
    this.changes = changes;
    this.simulator = simulator;
    this.ticker = ticker;
    this.settings = settings;
  }

  private static String token() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  boolean opensFor(@Nullable Principal principal, @Nullable String host) {
    return door.opensFor(principal, host);
  }

  /** How many look at the page. */
  int viewers() {
    return viewers.count(ticker.nanos());
  }

  /** What a page that was served here says with each change, and no page elsewhere can. */
  String proof() {
    return token;
  }

  boolean isProof(@Nullable String said) {
    return said != null
        && MessageDigest.isEqual(
            said.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What happened since the event of this number, in the words of server-sent events. The page asks
   * again as often as it wants to know more; no thread waits for it.
   *
   * @param last the number of the last event that was received; 0 for none
   * @return null when as many look as may
   */
  @Nullable String events(String viewer, long last) {
    if (!viewers.admit(viewer, ticker.nanos())) {
      return null;
    }
    // A number of another start is no number of ours.
    long after = last > traffic.last() ? 0 : last;
    List<Traffic.Decision> decided = traffic.after(after);
    // Of the last one that is told: whoever asks for what came after it hears of none twice.
    long number = decided.isEmpty() ? after : decided.get(decided.size() - 1).number();
    return "retry: 1000\n\n"
        + event("decisions", number, Sampler.decisions(decided))
        + event("state", number, sampler.state());
  }

  /** What is in force over each route, and which properties say so, as JSON. */
  String settings() {
    return Json.of(settings.get().all().stream().map(RoutePlan::asMap).toList());
  }

  private static String event(String name, long number, String json) {
    return "event: " + name + "\nid: " + number + "\ndata: " + json + "\n\n";
  }

  /**
   * Makes a change.
   *
   * @param said what the page says: action, and what the action needs
   * @return what changed, as JSON
   * @throws IllegalArgumentException if it makes no sense; says why
   */
  String change(Map<String, String> said, String by) {
    boolean dryRun = Boolean.parseBoolean(said.get("dryRun"));
    String action = given(said, "action");
    OperatorChange change =
        switch (action) {
          case "drain" -> changes.drain(part(said), by, dryRun);
          case "undrain" -> changes.undrain(part(said), by, dryRun);
          case "weight" ->
              changes.weigh(given(said, "route"), given(said, "target"), weight(said), by, dryRun);
          case "rest" -> changes.endRest(given(said, "target"), by, dryRun);
          default -> throw new IllegalArgumentException("there is no such change");
        };
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("action", change.action());
    view.put("what", change.what());
    view.put("changed", change.changed());
    view.put("dryRun", change.dryRun());
    view.put("targets", change.targets());
    view.put("leavesNobody", change.leavesNobody());
    return Json.of(view);
  }

  /** Does something to a Region of the simulator. */
  String simulate(Map<String, String> said, String by) {
    @Nullable SimulatorPanel panel = simulator.get();
    if (panel == null) {
      throw new IllegalArgumentException("no simulator answers");
    }
    panel.act(given(said, "action"), given(said, "region"), by);
    return Json.of(panel.hurt());
  }

  private static Part part(Map<String, String> said) {
    if (said.containsKey("region")) {
      return Part.region(given(said, "region"));
    }
    return said.containsKey("account")
        ? Part.account(given(said, "account"))
        : Part.target(given(said, "target"));
  }

  private static int weight(Map<String, String> said) {
    try {
      return Integer.parseInt(given(said, "weight"));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a weight is a number", e);
    }
  }

  private static String given(Map<String, String> said, String name) {
    @Nullable String value = said.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("give a " + name);
    }
    return value;
  }
}
