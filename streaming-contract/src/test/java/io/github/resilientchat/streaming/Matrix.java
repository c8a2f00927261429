package io.github.resilientchat.streaming;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outcome of every row in every column, as one table. */
public final class Matrix {

  private static final int WIDTH = 21;

  private final String title;
  private final int width;
  private final List<String> columns;
  private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param width of the first column
   */
  public Matrix(String title, int width, List<String> columns) {
    this.title = title;
    this.width = width;
    this.columns = List.copyOf(columns);
  }

  public void put(String row, String column, String outcome) {
    rows.computeIfAbsent(row, name -> new LinkedHashMap<>()).put(column, outcome);
  }

  public void putWithReason(String row, String column, String outcome, String why) {
    if (!notes.contains(why)) {
      notes.add(why);
    }
    put(row, column, outcome + " " + (notes.indexOf(why) + 1));
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder(System.lineSeparator()).append(padded(title, width));
    columns.forEach(column -> table.append(" | ").append(padded(column, WIDTH)));
    rows.forEach(
        (name, cells) -> {
          table.append(System.lineSeparator()).append(padded(name, width));
          columns.forEach(
              column ->
                  table.append(" | ").append(padded(cells.getOrDefault(column, "not run"), WIDTH)));
        });
    for (String note : notes) {
      table.append(String.format("%n%d: %s", notes.indexOf(note) + 1, note));
    }
    return table.append(System.lineSeparator()).toString();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
