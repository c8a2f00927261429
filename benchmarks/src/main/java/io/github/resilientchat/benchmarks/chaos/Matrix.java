package io.github.resilientchat.benchmarks.chaos;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Faults under frameworks and ways of calling, so many runs each, so many runs at once.
 *
 * @param cells which are compared on a fault
 */
record Matrix(
    List<Row> rows, Function<Row, List<Cell>> cells, int runs, int parallel, Verdict verdict) {

  /** A run on a machine that was busy with something else proves nothing, and is made again. */
  private static final int MOST_AGAIN = 1;

  /** Prints the matrix as it grows, and returns what was missed. */
  List<String> print() throws Exception {
    System.out.printf("%s%n%n%s%n", Report.timeouts(), Report.header());
    // Half of them wait for what is left, which takes no machine.
    int atOnce = Math.min(2 * parallel, rows.size() * runs);
    int widest = rows.stream().mapToInt(row -> cells.apply(row).size()).max().orElse(0);
    int lanes = Math.max(Cell.all().size(), widest * atOnce) * Contender.values().length;
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    try (Simulators simulators = Simulators.start(lanes)) {
      BlockingQueue<URI> free = new LinkedBlockingQueue<>(simulators.endpoints());
      new RowRun(Rows.healthy(), Cell.all(), free).warmUp();
      Semaphore room = new Semaphore(parallel, true);
      Map<Row, List<Future<Map<RowRun.Key, Outcome>>>> begun = new LinkedHashMap<>();
      for (Row row : rows) {
        List<Future<Map<RowRun.Key, Outcome>>> each = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
          each.add(threads.submit(() -> run(row, free, room)));
        }
        begun.put(row, each);
      }
      List<String> missed = new ArrayList<>();
      for (Map.Entry<Row, List<Future<Map<RowRun.Key, Outcome>>>> entry : begun.entrySet()) {
        missed.addAll(judged(entry.getKey(), pooled(entry.getValue())));
      }
      return missed;
    } finally {
      threads.shutdownNow();
    }
  }

  private Map<RowRun.Key, Outcome> run(Row row, BlockingQueue<URI> free, Semaphore room)
      throws Exception {
    int weight = row.alone() ? parallel : 1;
    for (int again = 0; ; again++) {
      RowRun run = new RowRun(row, cells.apply(row), free);
      room.acquire(weight);
      AtomicBoolean calm = new AtomicBoolean();
      Runnable release =
          () -> {
            if (!calm.getAndSet(true)) {
              room.release(weight);
            }
          };
      Map<RowRun.Key, Outcome> outcomes;
      try {
        outcomes = run.run(release);
      } finally {
        release.run();
      }
      if (run.doubts().isEmpty() || again == MOST_AGAIN) {
        run.doubts()
            .forEach(doubt -> System.out.println("    in doubt: " + row.name() + ": " + doubt));
        return outcomes;
      }
    }
  }

  private static Map<RowRun.Key, Outcome> pooled(List<Future<Map<RowRun.Key, Outcome>>> runs)
      throws Exception {
    Map<RowRun.Key, Outcome> all = new LinkedHashMap<>();
    for (Future<Map<RowRun.Key, Outcome>> run : runs) {
      run.get().forEach((key, outcome) -> all.merge(key, outcome, Outcome::and));
    }
    return all;
  }

  private List<String> judged(Row row, Map<RowRun.Key, Outcome> outcomes) {
    List<String> lines = new ArrayList<>();
    outcomes.forEach(
        (key, outcome) -> {
          if (key.contender() != Contender.PLAIN) {
            Outcome plain =
                outcomes.getOrDefault(new RowRun.Key(key.cell(), Contender.PLAIN), Outcome.NONE);
            List<String> missed = verdict.on(row, key.contender(), outcome, plain);
            String line = Report.line(row, key, outcome, plain, missed);
            System.out.println(line);
            if (!missed.isEmpty()) {
              System.out.println("    told: " + Report.troubles(outcome));
              lines.add(line);
            }
          }
        });
    return lines;
  }
}
