package io.github.resilientchat.benchmarks.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Prints what each strategy reaches in each scenario, and judges the adaptive one. {@code
 * -Dsimulation.seeds=N} takes the mean of more or fewer runs, {@code -Dsimulation.scenario=name}
 * runs one scenario only and judges nothing, {@code -Dsimulation.judged=true} runs only what a
 * promise looks at.
 */
public final class Figures {

  private static final int SEEDS = Integer.getInteger("simulation.seeds", 3);
  private static final String ONLY = System.getProperty("simulation.scenario", "");

  private static final boolean JUDGED = Boolean.getBoolean("simulation.judged");

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
            .filter(scenario -> ONLY.isEmpty() || scenario.name().equals(ONLY))
            .flatMap(
                scenario -> Contender.ALL.stream().map(contender -> new Cell(scenario, contender)))
            .filter(cell -> !JUDGED || Promises.lookAt(cell.scenario(), cell.contender()))
            .toList();
    List<Run.Result> results =
        IntStream.range(0, cells.size() * SEEDS)
            .parallel()
            .mapToObj(i -> cells.get(i / SEEDS).run(i % SEEDS + 1))
            .toList();
    Table table = tableOf(cells, results);
    table.lines().forEach(System.out::println);
    printSpeed(results, (System.nanoTime() - began) / 1e9);
    if (ONLY.isEmpty()) {
      judge(table);
    }
  }

  private record Cell(Scenario scenario, Contender contender) {
    Run.Result run(long seed) {
      try {
        return Run.of(scenario, contender, seed, Rigour.FIGURES);
      } catch (Broken e) {
        throw new IllegalStateException(
            contender.name() + " in \"" + scenario.name() + "\", seed " + seed, e);
      }
    }
  }

  private static Table tableOf(List<Cell> cells, List<Run.Result> results) {
    Table table = new Table();
    for (int i = 0; i < cells.size(); i++) {
      List<Figure> ofCell =
          results.subList(i * SEEDS, (i + 1) * SEEDS).stream().map(Run.Result::figure).toList();
      table.put(cells.get(i).scenario(), cells.get(i).contender(), Figure.mean(ofCell));
    }
    return table;
  }

  /** By the processor's time too: the wall's depends on what else the machine does. */
  private static void printSpeed(List<Run.Result> results, double seconds) {
    long calls = results.stream().mapToLong(Run.Result::calls).sum();
    double worked =
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    System.out.printf(
        Locale.ROOT,
        "%d calls, mean of %d seeds, in %.1f s (%.0f calls a second; %.0f s of processor time)%n%n",
        calls,
        SEEDS,
        seconds,
        calls / seconds,
        worked);
  }

  private static void judge(Table table) {
    Tenants.Result tenants = Tenants.over(SEEDS, true);
    System.out.printf(
        Locale.ROOT,
        "tenants: %s, without fair shares: %s%n%n",
        tenants,
        Tenants.over(SEEDS, false));
    Promises.Verdict verdict = Promises.judge(table, tenants);
    verdict.lines().forEach(System.out::println);
    if (!verdict.missed().isEmpty()) {
      throw new IllegalStateException(
          "adaptive misses " + verdict.missed().size() + " of its promises: " + verdict.missed());
    }
  }
}
