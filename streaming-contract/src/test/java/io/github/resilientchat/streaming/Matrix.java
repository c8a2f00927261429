package io.github.resilientchat.streaming;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outcome of every case in every column, as one table. */
final class Matrix {

  private final Map<String, Map<Column, String>> rows = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  void put(Case row, Column column, String outcome) {
    rows.computeIfAbsent(row.name, name -> new LinkedHashMap<>()).put(column, outcome);
  }

  void putWithReason(Case row, Column column, String outcome, String why) {
    if (!notes.contains(why)) {
      notes.add(why);
    }
    put(row, column, outcome + " " + (notes.indexOf(why) + 1));
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder(String.format("%n%-38s", "streaming contract"));
    Column.ALL.forEach(column -> table.append(String.format(" | %-21s", column)));
    rows.forEach(
        (name, cells) -> {
          table.append(String.format("%n%-38s", name));
          Column.ALL.forEach(
              column ->
                  table.append(String.format(" | %-21s", cells.getOrDefault(column, "not run"))));
        });
    for (String note : notes) {
      table.append(String.format("%n%d: %s", notes.indexOf(note) + 1, note));
    }
    return table.append(System.lineSeparator()).toString();
  }
}
