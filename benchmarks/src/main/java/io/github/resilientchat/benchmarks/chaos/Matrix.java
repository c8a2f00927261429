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
 * @param again how often a run is made anew that proves nothing, as the machine was busy with
 *     something else
 */
record Matrix(
    List<Row> rows,
    Function<Row, List<Cell>> cells,
    int runs,
    int parallel,
    int again,
    Verdict verdict) {

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
      Map<Row, List<Future<Ran>>> begun = new LinkedHashMap<>();
      for (Row row : rows) {
        List<Future<Ran>> each = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
          each.add(threads.submit(() -> run(row, free, room)));
        }
        begun.put(row, each);
      }
      List<String> missed = new ArrayList<>();
      for (Map.Entry<Row, List<Future<Ran>>> entry : begun.entrySet()) {
        missed.addAll(judged(entry.getKey(), ended(entry.getValue())));
      }
      return missed;
    } finally {
      threads.shutdownNow();
    }
  }

  private Ran run(Row row, BlockingQueue<URI> free, Semaphore room) throws Exception {
    int weight = row.alone() ? parallel : 1;
    for (int times = 0; ; times++) {
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
      Ran ran = new Ran(outcomes, run.doubts());
      if (ran.isSound() || times == again) {
        ran.doubts()
            .forEach(doubt -> System.out.println("    in doubt: " + row.name() + ": " + doubt));
        return ran;
      }
    }
  }

  private static List<Ran> ended(List<Future<Ran>> runs) throws Exception {
    List<Ran> ended = new ArrayList<>();
    for (Future<Ran> run : runs) {
      ended.add(run.get());
    }
    return ended;
  }

  private List<String> judged(Row row, List<Ran> runs) {
    Map<RowRun.Key, Outcome> outcomes = Ran.pooled(runs);
    boolean proved = runs.stream().anyMatch(Ran::isSound);
    List<String> lines = new ArrayList<>();
    outcomes.forEach(
        (key, outcome) -> {
          if (key.contender() != Contender.PLAIN) {
            Outcome plain =
                outcomes.getOrDefault(new RowRun.Key(key.cell(), Contender.PLAIN), Outcome.NONE);
            List<String> missed = new ArrayList<>(verdict.on(row, key.contender(), outcome, plain));
            if (!proved) {
              missed.add("no sound run");
            }
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
