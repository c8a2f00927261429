package io.github.resilientchat.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Ten faults of the matrix, one run each and all at once, each under one framework and one way of
 * calling. The whole matrix is the profile {@code chaos}.
 */
@EnabledIfSystemProperty(named = "chaos.short", matches = "true")
class ShortChaosTest {

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

  @Test
  void decoratedModelsKeepTheirPromisesUnderTenFaults() throws Exception {
    List<Row> all = Rows.all();
    List<Row> rows = CELLS.keySet().stream().map(name -> Rows.named(all, name)).toList();

    List<String> missed =
        new Matrix(rows, row -> List.of(CELLS.get(row.name())), 1, rows.size(), Verdict.OF_ONE_RUN)
            .print();

    assertThat(missed).isEmpty();
  }
}
