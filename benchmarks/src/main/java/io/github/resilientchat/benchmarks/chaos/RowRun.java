package io.github.resilientchat.benchmarks.chaos;

import io.github.resilientchat.core.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One fault, once, for all who are compared on it at the same time. */
final class RowRun {

  /** Which contender of which cell. */
  record Key(Cell cell, Contender contender) {}

  private static final long LOOK_MILLIS = 100;

  /** Within the time to the first word. */
  private static final Duration BURST_BEFORE = Duration.ofMillis(150);

  private final Row row;
  private final List<Cell> cells;
  private final BlockingQueue<URI> simulators;
  private final Ticker ticker = Ticker.system();
  private final long epoch = ticker.nanos();
  private final List<Lane> lanes = new ArrayList<>();
  private final List<URI> taken = new ArrayList<>();

  RowRun(Row row, List<Cell> cells, BlockingQueue<URI> simulators) {
    this.row = row;
    this.cells = cells;
    this.simulators = simulators;
  }

  Map<Key, Outcome> run() throws Exception {
    ScheduledExecutorService pace = Executors.newScheduledThreadPool(1, task -> daemon(task));
    try {
      open();
      for (Lane lane : lanes) {
        lane.warmUp();
      }
      await(Timing.TOTAL, () -> running() == 0);
      begin(pace);
      pass(Timing.BEFORE.minus(BURST_BEFORE));
      long begunAt = now();
      lanes.forEach(this::burst);
      pass(BURST_BEFORE);
      long struckAt = now();
      lanes.forEach(Lane::strike);
      pass(Timing.FAULT);
      lanes.forEach(Lane::heal);
      long healedAt = now();
      pass(Timing.AFTER);
      await(
          Timing.RETURN.minus(Timing.AFTER).plus(Timing.SLACK),
          () -> lanes.stream().allMatch(lane -> lane.backAt(healedAt) < Long.MAX_VALUE));
      pace.shutdownNow();
      long stoppedAt = now();
      await(Timing.TOTAL.plus(Timing.SLACK), () -> running() == 0);
      pass(Timing.QUIET);
      return outcomes(row.burst() > 0 ? begunAt : struckAt, struckAt, healedAt, stoppedAt);
    } finally {
      pace.shutdownNow();
      lanes.forEach(Lane::close);
      simulators.addAll(taken);
    }
  }

  private void open() throws Exception {
    Supplier<Place> process = process();
    for (Cell cell : cells) {
      for (Contender contender : Contender.values()) {
        if (row.fits(contender)) {
          URI simulator = simulators.take();
          taken.add(simulator);
          lanes.add(new Lane(cell, contender, row, simulator, process, this::now));
        }
      }
    }
  }

  private Supplier<Place> process() {
    if (row.process() == Row.Process.NONE) {
      return () -> {
        throw new IllegalStateException("row " + row.name() + " has no process");
      };
    }
    Processes processes =
        new Processes(
            cells.size() * Contender.values().length, row.process() == Row.Process.KILLED);
    return processes::place;
  }

  private void begin(ScheduledExecutorService pace) {
    for (int index = 0; index < lanes.size(); index++) {
      pace.scheduleAtFixedRate(
          lanes.get(index)::call,
          row.millis() * index / lanes.size(),
          row.millis(),
          TimeUnit.MILLISECONDS);
    }
  }

  private void burst(Lane lane) {
    for (int call = 0; call < row.burst(); call++) {
      lane.call();
    }
  }

  private Map<Key, Outcome> outcomes(long begunAt, long struckAt, long healedAt, long stoppedAt)
      throws Exception {
    Map<Key, Outcome> outcomes = new LinkedHashMap<>();
    for (Lane lane : lanes) {
      outcomes.put(
          new Key(lane.cell, lane.contender),
          Outcome.of(lane, begunAt, struckAt, healedAt, stoppedAt, lane.left()));
    }
    return outcomes;
  }

  private int running() {
    return lanes.stream().mapToInt(Lane::running).sum();
  }

  private long now() {
    return ticker.nanos() - epoch;
  }

  private void await(Duration atMost, BooleanSupplier reached) throws InterruptedException {
    long until = now() + atMost.toNanos();
    while (!reached.getAsBoolean() && now() < until) {
      pass(Duration.ofMillis(LOOK_MILLIS));
    }
  }

  private static void pass(Duration time) throws InterruptedException {
    new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "chaos-pace");
    thread.setDaemon(true);
    return thread;
  }
}
