package io.github.resilientchat.samples.fivepatterns;

import java.time.Duration;
import java.util.List;

/** D4: two models share the load within their limits; the fallback, told apart, takes the rest. */
final class LoadBalancingDemo implements Demo {

  @Override
  public String id() {
    return "D4";
  }

  @Override
  public String title() {
    return "load balancing";
  }

  @Override
  public String published() {
    return "haiku 7, sonnet 3 (it cannot tell its haiku primary from its haiku fallback)";
  }

  @Override
  public List<String> play(Stage stage) {
    List<Asked> asked = stage.ask("d4", "balanced", 10, Duration.ofMillis(100));
    Places places = new Places(stage, asked);
    int sonnet = places.primary("sonnet");
    int haiku = places.primary("haiku");
    stage.line(
        "sonnet %d, haiku %d, fallback haiku %d, failed %d; %.0f ms on average",
        sonnet,
        haiku,
        places.fallback(),
        places.failed(),
        asked.stream().mapToDouble(Asked::millis).average().orElse(0));
    return Objections.of(
        Objections.unless(sonnet == 3, "sonnet served " + sonnet),
        Objections.unless(haiku == 3, "haiku as a primary served " + haiku),
        Objections.unless(places.fallback() == 4, "the fallback served " + places.fallback()),
        Objections.unless(places.failed() == 0, places.failed() + " failed"));
  }
}
