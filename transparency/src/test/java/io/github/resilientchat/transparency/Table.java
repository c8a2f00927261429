package io.github.resilientchat.transparency;

import io.github.resilientchat.transparency.Feature.Mode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** How every way of every feature compares with the plain model. */
final class Table {

  private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
  private final Map<String, Integer> sums = new TreeMap<>();

  void put(String feature, Mode mode, Way way, String outcome) {
    rows.computeIfAbsent(feature + ", " + mode, name -> new LinkedHashMap<>())
        .put(way.name(), outcome);
    sums.merge(outcome.replaceFirst(" .*", ""), 1, Integer::sum);
  }

  @Override
  public String toString() {
    StringBuilder table =
        new StringBuilder(
            String.format(
                "%n%-64s | %-14s | %-14s | %-14s",
                "as the plain model", "builder", "guarded", "starter"));
    rows.forEach(
        (name, cells) ->
            table.append(
                String.format(
                    "%n%-64s | %-14s | %-14s | %-14s",
                    name, cells.get("BUILDER"), cells.get("GUARDED"), cells.get("STARTER"))));
    for (int i = 0; i < Differences.ALL.size(); i++) {
      table.append(String.format("%n%d: %s", i + 1, Differences.ALL.get(i).name()));
    }
    return table.append(String.format("%n%d rows, %s%n", rows.size(), sums)).toString();
  }
}
