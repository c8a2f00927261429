package io.github.resilientchat.benchmarks.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Ten faults, each under one framework and one way of calling. */
final class ShortForm {

  private static final Map<String, Cell> CELLS = new LinkedHashMap<>();

  static {
    CELLS.put("black-hole", new Cell(Framework.SPRING_AI, false));
    CELLS.put("half-open", new Cell(Framework.LANGCHAIN4J, false));
    CELLS.put("lost-once-under-20", new Cell(Framework.SPRING_AI, true));
    CELLS.put("html-400", new Cell(Framework.SPRING_AI, true));
    CELLS.put("html-503", new Cell(Framework.LANGCHAIN4J, false));
    CELLS.put("empty-object", new Cell(Framework.LANGCHAIN4J, false));
    CELLS.put("wrong-frames", new Cell(Framework.SPRING_AI, true));
    CELLS.put("60kb-header", new Cell(Framework.LANGCHAIN4J, true));
    CELLS.put("kill", new Cell(Framework.SPRING_AI, false));
    CELLS.put("two-hang-and-503", new Cell(Framework.LANGCHAIN4J, true));
  }

  private ShortForm() {}

  static List<Row> rows() {
    List<Row> all = Rows.all();
    return CELLS.keySet().stream().map(name -> Rows.named(all, name)).toList();
  }

  static List<Cell> cells(Row row) {
    return List.of(Objects.requireNonNull(CELLS.get(row.name())));
  }
}
