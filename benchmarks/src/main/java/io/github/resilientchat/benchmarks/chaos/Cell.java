package io.github.resilientchat.benchmarks.chaos;

import java.util.ArrayList;
import java.util.List;

/** A framework and a way of calling, which are compared on a fault. */
record Cell(Framework framework, boolean streaming) {

  static List<Cell> all() {
    List<Cell> cells = new ArrayList<>();
    for (Framework framework : Framework.values()) {
      cells.add(new Cell(framework, false));
      cells.add(new Cell(framework, true));
    }
    return cells;
  }

  @Override
  public String toString() {
    return framework.label + (streaming ? " stream" : " blocking");
  }
}
