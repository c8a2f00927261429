package io.github.resilientchat.streaming.hostile;

import io.github.resilientchat.streaming.Lab;
import io.github.resilientchat.streaming.Matrix;
import io.github.resilientchat.streaming.Shape;
import io.github.resilientchat.streaming.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever code of others does in a call, the call ends once, takes nothing and stops nobody. */
class HostileExtensionsTest {

  private static final Matrix MATRIX =
      new Matrix(
          "hostile extensions",
          56,
          Arrays.stream(Shape.values()).map(shape -> shape.label).toList());
  private static Lab lab;

  @BeforeAll
  static void start() throws Exception {
    lab = new Lab(Wire.H2C, Duration.ofMillis(1));
    WarmUp.all(lab);
  }

  @AfterAll
  static void stop() {
    System.out.println(MATRIX);
    lab.close();
  }

  @TestFactory
  Stream<DynamicContainer> contract() {
    return Rows.all().stream()
        .map(row -> DynamicContainer.dynamicContainer(row.point.label, cells(row)));
  }

  private static List<DynamicTest> cells(Row row) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Behaviour behaviour : Behaviour.values()) {
      for (Shape shape : Shape.values()) {
        if (row.expected(behaviour, shape) instanceof Row.NotApplicable none) {
          MATRIX.putWithReason(row.name(behaviour), shape.label, "n/a", none.why());
        } else if (row.expected(behaviour, shape) instanceof Row.Ends ends) {
          HostileCell cell =
              new HostileCell(row, behaviour, shape, ends.ending(), lab, new AtomicInteger());
          tests.add(DynamicTest.dynamicTest(behaviour.label + ", " + shape.label, () -> run(cell)));
        }
      }
    }
    return tests;
  }

  private static void run(HostileCell cell) throws Exception {
    String row = cell.row().name(cell.behaviour());
    MATRIX.put(row, cell.shape().label, "FAILED");
    cell.run();
    MATRIX.put(row, cell.shape().label, "ok, " + cell.ending().label);
  }
}
