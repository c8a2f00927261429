package io.github.resilientchat.simulator;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happens to a simulator, and when: lines {@code <time> <METHOD> <operation> [json]} of the
 * admin surface, counted from the start. Equal files and seeds make equal days.
 */
record Scenario(List<Event> events) {

  private static final Pattern LINE =
      Pattern.compile("(\\S+)\\s+(GET|PUT|POST|DELETE)\\s+(\\S+)\\s*(.*)");

  /**
   * One operation.
   *
   * @param after since the start
   */
  record Event(Duration after, String operation, byte[] body) {}

  static final Scenario NOTHING = new Scenario(List.of());

  /**
   * Reads a file of UTF-8; lines that begin with {@code #} say something to people.
   *
   * @throws IllegalArgumentException if a line is none; names it
   */
  static Scenario read(Path file) {
    List<Event> events = new ArrayList<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        events.add(event(file.getFileName() + ", line " + number, line.strip()));
      }
    }
    return new Scenario(List.copyOf(events));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException("the scenario cannot be read: " + file, e);
    }
  }

  private static Event event(String where, String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          where + ": write <time> <METHOD> <operation> [json], such as 5s DELETE faults");
    }
    try {
      return new Event(
          parts.group(1).equals("0") ? Duration.ZERO : Durations.parse(parts.group(1)),
          parts.group(2) + " " + parts.group(3),
          parts.group(4).getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }

  /**
   * Checks every operation by its name, plays what is due at once, and the rest in its time.
   *
   * @throws IllegalArgumentException if there is no such operation, or its JSON is wrong
   */
  void play(Vertx vertx, AdminApi admin) {
    events.forEach(event -> admin.requireKnown(event.operation()));
    for (Event event : events) {
      if (event.after().isZero()) {
        admin.run(event.operation(), event.body());
      } else {
        vertx.setTimer(event.after().toMillis(), id -> admin.run(event.operation(), event.body()));
      }
    }
  }
}
