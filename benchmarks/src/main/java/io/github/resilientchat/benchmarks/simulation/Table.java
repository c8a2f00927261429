package io.github.resilientchat.benchmarks.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;

/** A figure for each scenario and contender. */
final class Table {

  private final Map<Scenario, Map<String, Figure>> rows = new LinkedHashMap<>();

  void put(Scenario scenario, Contender contender, Figure figure) {
    rows.computeIfAbsent(scenario, unused -> new LinkedHashMap<>()).put(contender.name(), figure);
  }

  Figure figure(Scenario scenario, String contender) {
    Figure figure = rows.getOrDefault(scenario, Map.of()).get(contender);
    if (figure == null) {
      throw new NoSuchElementException(contender + " in " + scenario.name());
    }
    return figure;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    rows.forEach(
        (scenario, figures) -> {
          lines.add(header(scenario));
          figures.forEach((name, figure) -> lines.add(line(scenario, name, figure)));
          lines.add("");
        });
    return lines;
  }

  private static String header(Scenario scenario) {
    return String.format(
        Locale.ROOT,
        "%-26s %9s %7s %7s %9s %6s %6s %6s %8s %6s",
        scenario.name(),
        "429s/100",
        "failed%",
        "broken%",
        "attempts",
        "p50 s",
        "p95 s",
        "p99 s",
        "served%",
        "bad%");
  }

  private static String line(Scenario scenario, String name, Figure figure) {
    boolean someBad = Deployment.FLEET.stream().anyMatch(scenario::isBad);
    boolean allBad = Deployment.FLEET.stream().allMatch(scenario::isBad);
    return String.format(
        Locale.ROOT,
        "  %-24s %9.2f %7.2f %7.2f %9.3f %6.2f %6.2f %6.2f %8.1f %6s",
        name,
        figure.throttles(),
        figure.failed(),
        figure.broken(),
        figure.attempts(),
        figure.p50(),
        figure.p95(),
        figure.p99(),
        figure.served(),
        someBad && !allBad ? String.format(Locale.ROOT, "%.1f", figure.bad()) : "-");
  }
}
