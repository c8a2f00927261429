package io.github.resilientchat.streaming;

import java.util.Arrays;
import java.util.List;

/** A column of the matrix. */
record Column(Shape shape, Wire wire) {

  static final List<Column> ALL =
      Arrays.stream(Shape.values())
          .flatMap(shape -> Arrays.stream(Wire.values()).map(wire -> new Column(shape, wire)))
          // The SDK's blocking clients speak HTTP/1.1 only: there is no such column.
          .filter(column -> column.shape().streams || column.wire() == Wire.HTTP_1_1)
          .toList();

  @Override
  public String toString() {
    return shape.label + " " + wire.label;
  }
}
