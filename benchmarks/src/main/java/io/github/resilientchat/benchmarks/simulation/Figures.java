package io.github.resilientchat.benchmarks.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Prints what each strategy reaches in each scenario, and judges the adaptive one. */
public final class Figures {

  private static final int SEEDS = Integer.getInteger("simulation.seeds", 3);

  private Figures() {}

  /**
   * Runs all scenarios.
   *
   * @throws IllegalStateException if the adaptive strategy misses a promise; names each
   */
  public static void main(String[] args) {
    long began = System.nanoTime();
    List<Cell> cells =
        Scenario.ALL.stream()
            .flatMap(
                scenario -> Contender.ALL.stream().map(contender -> new Cell(scenario, contender)))
            .toList();
    List<Run.Result> results =
        IntStream.range(0, cells.size() * SEEDS)
            .parallel()
            .mapToObj(i -> cells.get(i / SEEDS).run(i % SEEDS + 1))
            .toList();
    Map<Cell, Figure> figures = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      List<Run.Result> ofCell = results.subList(i * SEEDS, (i + 1) * SEEDS);
      figures.put(cells.get(i), Figure.mean(ofCell.stream().map(Run.Result::figure).toList()));
    }
    print(figures);
    double seconds = (System.nanoTime() - began) / 1e9;
    long calls = results.stream().mapToLong(Run.Result::calls).sum();
    System.out.printf(
        Locale.ROOT,
        "%n%d calls, %d seeds, in %.1f s: %.0f calls per second%n",
        calls,
        SEEDS,
        seconds,
        calls / seconds);
  }

  /** Where a row and a scenario meet. */
  record Cell(Scenario scenario, Contender contender) {
    Run.Result run(long seed) {
      return Run.of(scenario, contender, seed, Rigour.FIGURES);
    }
  }

  private static void print(Map<Cell, Figure> figures) {
    List<String> lines = new ArrayList<>();
    figures.forEach(
        (cell, figure) -> {
          if (cell.contender() == Contender.ALL.get(0)) {
            lines.add("");
            lines.add(header(cell.scenario()));
          }
          lines.add(line(cell.contender().name(), figure));
        });
    lines.forEach(System.out::println);
  }

  private static String header(Scenario scenario) {
    return String.format(
        Locale.ROOT,
        "%-26s %9s %7s %9s %6s %6s %6s %8s %6s",
        scenario.name(),
        "429s/100",
        "failed%",
        "attempts",
        "p50 s",
        "p95 s",
        "p99 s",
        "served%",
        "bad%");
  }

  private static String line(String name, Figure figure) {
    return String.format(
        Locale.ROOT,
        "  %-24s %9.2f %7.2f %9.3f %6.2f %6.2f %6.2f %8.1f %6.1f",
        name,
        figure.throttles(),
        figure.failed(),
        figure.attempts(),
        figure.p50(),
        figure.p95(),
        figure.p99(),
        figure.served(),
        figure.bad());
  }
}
