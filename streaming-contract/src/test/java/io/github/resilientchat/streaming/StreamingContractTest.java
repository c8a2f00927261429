package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case of the contract, with every driver, over every protocol. */
class StreamingContractTest {

  private static final Map<Wire, Lab> LABS = new EnumMap<>(Wire.class);
  private static final Matrix MATRIX =
      new Matrix("streaming contract", 38, Column.ALL.stream().map(Column::toString).toList());
  private static final Map<Transcript, Integer> HEARD = new HashMap<>();
  private static final int TRIES = 3;

  /** How often a cell is tried again that the machine has stood still in. */
  private static final int AGAIN = 3;

  private static Standstills standstills;

  @BeforeAll
  static void start() throws Exception {
    Blocked.watchFromNowOn();
    standstills = new Standstills();
    for (Wire wire : Wire.values()) {
      LABS.put(wire, new Lab(wire));
    }
    // The first call of a JVM takes seconds, which no test of a timeout may mistake for silence.
    Case first = Case.of("warm-up").all(Expected.answered(Seen.served(Words.BLUE)));
    for (Column column : Column.ALL) {
      new Cell(first, column, LABS.get(column.wire())).run(0);
    }
  }

  @AfterAll
  static void stop() {
    System.out.println(MATRIX);
    LABS.values().forEach(Lab::close);
    standstills.close();
    HEARD.forEach(
        (heard, ends) -> assertThat(heard.ends).as("endings, looked at again").hasSize(ends));
  }

  @TestFactory
  Stream<DynamicContainer> contract() {
    return Cases.all().stream().map(row -> DynamicContainer.dynamicContainer(row.name, cells(row)));
  }

  private static List<DynamicTest> cells(Case row) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Column column : Column.ALL) {
      String why = row.notApplicable(column.shape());
      if (why != null) {
        MATRIX.putWithReason(row.name, column.toString(), "n/a", why);
      } else {
        tests.add(DynamicTest.dynamicTest(column.toString(), () -> run(row, column)));
      }
    }
    return tests;
  }

  private static void run(Case row, Column column) throws Exception {
    MATRIX.put(row.name, column.toString(), "FAILED");
    Cell cell = new Cell(row, column, LABS.get(column.wire()));
    for (int run = 0; run < row.runs(); run++) {
      try {
        run(cell, run);
      } catch (Throwable broken) {
        throw new AssertionError(row.name + ", run " + run + ": " + broken.getMessage(), broken);
      }
    }
    String outcome = row.runs() == 1 ? "ok" : "ok x " + row.runs();
    String mayLose = row.expected(column.shape(), row.runs() / 2).mayLose();
    if (mayLose == null) {
      MATRIX.put(row.name, column.toString(), outcome);
    } else {
      MATRIX.putWithReason(row.name, column.toString(), outcome, mayLose);
    }
  }

  /** Once more when words were lost that may be lost: they must not be lost always. */
  private static void run(Cell cell, int run) throws Exception {
    boolean lost = true;
    for (int tries = 0; lost && tries < TRIES; tries++) {
      Cell.Heard heard = heard(cell, run);
      HEARD.put(heard.transcript(), heard.transcript().ends.size());
      lost = heard.lost();
    }
    assertThat(lost).as("no word was heard in %s tries", TRIES).isFalse();
  }

  /**
   * Once more when a case went another way while the machine stood still: a healthy target then
   * seems silent. What the contract promises in any case, and what fails while the machine runs,
   * counts at once.
   */
  private static Cell.Heard heard(Cell cell, int run) throws Exception {
    for (int again = 0; ; again++) {
      Standstills.Mark begun = standstills.now();
      try {
        return cell.run(run);
      } catch (BrokenPromise counts) {
        throw counts;
      } catch (Exception | AssertionError other) {
        if (again == AGAIN || !standstills.since(begun)) {
          throw other;
        }
        System.out.printf("%s, %s, once more: %s%n", cell.row().name, cell.column(), other);
        standstills.awaitCalm();
      }
    }
  }
}
