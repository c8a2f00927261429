package io.github.resilientchat.bedrock;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rows of values under names, as a file of facts holds them: separated by commas, with comments
 * after {@code #}, of which {@code # source:} and {@code # date:} tell where the facts are from.
 */
record DataTable(String name, String source, LocalDate date, List<Row> rows) {

  /** A row, which knows where it is. */
  record Row(String where, Map<String, String> values) {

    String text(String column) {
      return values.getOrDefault(column, "");
    }

    /** A number of at least 0, or this one where the file leaves it empty. */
    double number(String column, double otherwise) {
      String text = text(column);
      if (text.isEmpty()) {
        return otherwise;
      }
      try {
        double number = Double.parseDouble(text);
        if (number >= 0 && Double.isFinite(number)) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw wrong(column, text);
      }
      throw wrong(column, text);
    }

    IllegalArgumentException wrong(String column, String text) {
      return new IllegalArgumentException(where + ": '" + text + "' is no " + column);
    }
  }

  private static final String SOURCE = "# source:";
  private static final String DATE = "# date:";

  /** A table of this library. */
  static DataTable bundled(String file) {
    try (InputStream in = Objects.requireNonNull(DataTable.class.getResourceAsStream(file), file)) {
      return read(file, new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a table.
   *
   * @param name of the file, for errors
   * @throws IllegalArgumentException if it is none; says the line
   */
  static DataTable read(String name, Reader in) throws IOException {
    BufferedReader lines = new BufferedReader(in);
    String source = "";
    LocalDate date = LocalDate.EPOCH;
    List<String> columns = List.of();
    List<Row> rows = new ArrayList<>();
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      String where = name + ", line " + number;
      if (line.startsWith(SOURCE)) {
        source = line.substring(SOURCE.length()).strip();
      } else if (line.startsWith(DATE)) {
        date = date(where, line.substring(DATE.length()).strip());
      } else if (!line.isBlank() && !line.startsWith("#")) {
        List<String> values = List.of(line.split(",", -1)).stream().map(String::strip).toList();
        if (columns.isEmpty()) {
          columns = values;
        } else {
          rows.add(row(where, columns, values));
        }
      }
    }
    return new DataTable(name, source, date, List.copyOf(rows));
  }

  private static LocalDate date(String where, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          where + ": '" + text + "' is no date; write one such as 2026-11-28", e);
    }
  }

  private static Row row(String where, List<String> columns, List<String> values) {
    if (values.size() != columns.size()) {
      throw new IllegalArgumentException(
          "%s: has %d values, not the %d of %s"
              .formatted(where, values.size(), columns.size(), String.join(",", columns)));
    }
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      row.put(columns.get(i), values.get(i));
    }
    return new Row(where, row);
  }

  /** Fails unless the table has these columns. */
  DataTable requireColumns(String... names) {
    for (Row row : rows) {
      for (String each : names) {
        if (!row.values().containsKey(each)) {
          throw new IllegalArgumentException(
              row.where() + ": there is no column " + each + "; write " + String.join(",", names));
        }
      }
    }
    return this;
  }
}
