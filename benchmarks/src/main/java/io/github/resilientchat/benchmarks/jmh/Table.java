package io.github.resilientchat.benchmarks.jmh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;

/** A figure for each contender, and their ratios. */
final class Table {

  private final Map<Contender, Figure> figures = new EnumMap<>(Contender.class);

  void put(Contender contender, Figure figure) {
    figures.put(contender, figure);
  }

  /** Of the calling thread's own work: what else the machine does is no call's cost. */
  double nanos(Contender contender) {
    return figure(contender).worked();
  }

  double bytes(Contender contender) {
    return figure(contender).bytes();
  }

  /** Nanoseconds over the framework's own call. */
  double added(Contender contender, Contender bare) {
    return nanos(contender) - nanos(bare);
  }

  /** What the hand-inlined router adds to the framework's call: the measure of most promises. */
  double inlined() {
    return added(Contender.INLINED, Contender.BARE);
  }

  /** Calls a second of all threads together. */
  double throughput(Contender contender) {
    return contender.threads() * 1e9 / figure(contender).nanos();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%-50s %12s %9s %9s %9s",
            "one thread",
            "ns",
            "bytes",
            "x bare",
            "x inl."));
    Arrays.stream(Contender.values())
        .filter(contender -> contender.threads() == 1)
        .forEach(contender -> lines.add(alone(contender)));
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%-50s %12s %9s %9s",
            "two threads, two users",
            "calls/s",
            "bytes",
            "x one"));
    Arrays.stream(Contender.values())
        .filter(contender -> contender.threads() == 2)
        .forEach(contender -> lines.add(together(contender)));
    return lines;
  }

  private String alone(Contender contender) {
    return String.format(
        Locale.ROOT,
        "%-50s %12.0f %9.0f %9s %9.2f",
        contender.label(),
        nanos(contender),
        bytes(contender),
        timesBare(contender),
        (nanos(contender) - frameworks(contender)) / inlined());
  }

  /** Nothing for Spring AI, whose framework does nothing around a call. */
  private String timesBare(Contender contender) {
    return bare(contender) == Contender.BARE
        ? String.format(Locale.ROOT, "%.2f", nanos(contender) / nanos(Contender.BARE))
        : "-";
  }

  private String together(Contender contender) {
    return String.format(
        Locale.ROOT,
        "%-50s %12.0f %9.0f %9.2f",
        contender.label(),
        throughput(contender),
        bytes(contender),
        throughput(contender) / throughput(onOneThread(contender)));
  }

  static Contender onOneThread(Contender contender) {
    return switch (contender) {
      case BARE_TWICE -> Contender.BARE;
      case INLINED_TWICE -> Contender.INLINED_ALONE;
      case OPEN_TWICE -> Contender.ENGINE_OPEN;
      default -> Contender.ENGINE;
    };
  }

  private static Contender bare(Contender contender) {
    return switch (contender) {
      case BARE_SPRING_AI, DECORATED_SPRING_AI -> Contender.BARE_SPRING_AI;
      default -> Contender.BARE;
    };
  }

  /** What is the framework's of a contender's time. */
  private double frameworks(Contender contender) {
    return switch (contender) {
      case INLINED_ALONE, ENGINE, ENGINE_MANY, ENGINE_OPEN, ENGINE_SLOW, ENGINE_SLOW_OPEN -> 0;
      case REFUSED -> 0;
      default -> nanos(bare(contender));
    };
  }

  private Figure figure(Contender contender) {
    Figure figure = figures.get(contender);
    if (figure == null) {
      throw new NoSuchElementException(contender.name());
    }
    return figure;
  }
}
