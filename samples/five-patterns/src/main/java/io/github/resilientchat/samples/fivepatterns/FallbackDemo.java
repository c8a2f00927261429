package io.github.resilientchat.samples.fivepatterns;

import java.time.Duration;
import java.util.List;

/** D3: the primary may take three requests a minute, the fallback takes the rest. */
final class FallbackDemo implements Demo {

  @Override
  public String id() {
    return "D3";
  }

  @Override
  public String title() {
    return "fallback";
  }

  @Override
  public String published() {
    return "3 primary, 7 fallback, 0 failed; primary 6.0-9.1 s, fallback 8.6-22.7 s";
  }

  @Override
  public List<String> play(Stage stage) {
    List<Asked> asked = stage.ask("d3", "fallback", 10, Duration.ofMillis(50));
    Places places = new Places(stage, asked);
    stage.line(
        "Total %d, primary %d, fallback %d, failed %d",
        asked.size(), places.primary(), places.fallback(), places.failed());
    stage.line(
        "usually %.1f ms from the primary, %.1f ms by way of the fallback (AWS's demo: up to 16 s more)",
        places.primaryMillis(), places.fallbackMillis());
    return Objections.of(
        Objections.unless(places.primary() == 3, places.primary() + " served by the primary"),
        Objections.unless(places.fallback() == 7, places.fallback() + " served by the fallback"),
        Objections.unless(places.failed() == 0, places.failed() + " failed"));
  }
}
