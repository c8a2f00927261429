package io.github.resilientchat.streaming.hostile;

import io.github.resilientchat.streaming.Shape;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * An extension point, and how a call must end whatever the extension does. Unless a row says
 * otherwise a call goes on as if nothing had happened, and who is cancelled hears nothing more.
 */
final class Row {

  static final String RETURNS_NOTHING = "it returns nothing";
  static final String NO_HANDLE_YET = "nobody has a handle or a subscription yet";

  /** What is expected of a cell: an ending, or the reason why there is none. */
  sealed interface Expected {}

  record Ends(Ending ending) implements Expected {}

  record NotApplicable(String why) implements Expected {}

  final Point point;
  private final Map<Behaviour, Map<Shape, Expected>> cells = new EnumMap<>(Behaviour.class);

  private Row(Point point) {
    this.point = point;
    boolean refused = point.course == Course.REFUSED;
    Ending usual = refused ? Ending.FAILED : Ending.ANSWERED;
    for (Behaviour behaviour : Behaviour.values()) {
      cells.put(behaviour, new EnumMap<>(Shape.class));
      put(behaviour, shape -> true, new Ends(usual));
    }
    if (!refused) {
      put(Behaviour.CANCELS, shape -> shape.streams, new Ends(Ending.SILENT));
      put(Behaviour.CANCELS, shape -> !shape.streams, new Ends(Ending.LEFT));
    }
  }

  static Row at(Point point) {
    return new Row(point);
  }

  /** There is no such extension elsewhere. */
  Row only(String why, Shape... shapes) {
    List<Shape> known = List.of(shapes);
    for (Behaviour behaviour : Behaviour.values()) {
      put(behaviour, shape -> !known.contains(shape), new NotApplicable(why));
    }
    return this;
  }

  Row thrown(Ending ending, Shape... shapes) {
    Arrays.stream(Behaviour.values())
        .filter(Behaviour::throwing)
        .forEach(behaviour -> ends(behaviour, ending, shapes));
    return this;
  }

  /** In these shapes, or in all. */
  Row ends(Behaviour behaviour, Ending ending, Shape... shapes) {
    return put(behaviour, in(shapes), new Ends(ending));
  }

  Row without(Behaviour behaviour, String why, Shape... shapes) {
    return put(behaviour, in(shapes), new NotApplicable(why));
  }

  Row returnsNothing() {
    return without(Behaviour.RETURNS_NULL, RETURNS_NOTHING);
  }

  private static Predicate<Shape> in(Shape... shapes) {
    List<Shape> some = List.of(shapes);
    return shape -> some.isEmpty() || some.contains(shape);
  }

  /** What is not applicable stays so. */
  private Row put(Behaviour behaviour, Predicate<Shape> where, Expected expected) {
    Map<Shape, Expected> row = cells.get(behaviour);
    for (Shape shape : Shape.values()) {
      if (where.test(shape) && !(row.get(shape) instanceof NotApplicable)) {
        row.put(shape, expected);
      }
    }
    return this;
  }

  Expected expected(Behaviour behaviour, Shape shape) {
    return cells.get(behaviour).get(shape);
  }

  String name(Behaviour behaviour) {
    return point.label + " " + behaviour.label;
  }
}
