package io.github.resilientchat.benchmarks.chaos;

import io.github.resilientchat.core.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One fault, once, for all who are compared on it at the same time. */
final class RowRun {

  /** Which contender of which cell. */
  record Key(Cell cell, Contender contender) {}

  private static final long LOOK_MILLIS = 100;
  private static final int ACQUAINTED_AFTER = 2;
  private static final long STANDSTILL_NANOS = 1_000_000_000L;

  /** Within the time to the first word. */
  private static final Duration BURST_BEFORE = Duration.ofMillis(250);

  /** Enough calls for a route to compare its targets. */
  private static final int CALLS_BEFORE = 6;

  private final Row row;
  private final List<Cell> cells;
  private final BlockingQueue<URI> simulators;
  private final Ticker ticker = Ticker.system();
  private final long epoch = ticker.nanos();
  private final List<Lane> lanes = new ArrayList<>();
  private final List<URI> taken = new ArrayList<>();
  private final Queue<String> doubts = new ConcurrentLinkedQueue<>();

  RowRun(Row row, List<Cell> cells, BlockingQueue<URI> simulators) {
    this.row = row;
    this.cells = cells;
    this.simulators = simulators;
  }

  /**
   * Runs it.
   *
   * @param calm told when nobody calls any more and only time has to pass
   */
  Map<Key, Outcome> run(Runnable calm) throws Exception {
    ScheduledExecutorService pace = Executors.newScheduledThreadPool(1, RowRun::daemon);
    try {
      open();
      for (int times = 0; times < ACQUAINTED_AFTER; times++) {
        lanes.forEach(Lane::acquaint);
        await(Timing.TOTAL, () -> running() == 0);
      }
      for (int times = 0; times < ACQUAINTED_AFTER; times++) {
        lanes.forEach(Lane::introduce);
        await(Timing.TOTAL, () -> running() == 0);
      }
      begin(pace);
      pass(before().minus(BURST_BEFORE));
      long begunAt = now();
      lanes.forEach(this::burst);
      pass(BURST_BEFORE);
      long breaksAt = now();
      lanes.stream()
          .filter(lane -> lane.isIdle(breaksAt))
          .forEach(lane -> doubt("%s, %s: the target was idle", lane.cell, lane.contender));
      lanes.forEach(Lane::strike);
      pass(Timing.FAULT);
      lanes.forEach(Lane::heal);
      pass(Timing.AFTER);
      await(
          Timing.RETURN.minus(Timing.AFTER).plus(Timing.SLACK),
          () -> lanes.stream().allMatch(lane -> lane.backAt(overAt(lane)) < Long.MAX_VALUE));
      pace.shutdownNow();
      long stoppedAt = now();
      // Some plain models leave calls without an end, for which nobody waits.
      await(Timing.TOTAL.plus(Timing.SLACK), () -> running(Lane::isDecorated) == 0);
      calm.run();
      pass(Timing.QUIET);
      return outcomes(begunAt, stoppedAt);
    } finally {
      pace.shutdownNow();
      lanes.forEach(Lane::close);
      simulators.addAll(taken);
    }
  }

  /** Lets classes be loaded and compiled before anything is measured. */
  void warmUp() throws Exception {
    ScheduledExecutorService pace = Executors.newScheduledThreadPool(1, RowRun::daemon);
    try {
      open();
      begin(pace);
      pass(Timing.FAULT);
      pace.shutdownNow();
      await(Timing.TOTAL, () -> running() == 0);
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

  /** Who are compared call at the same times: a fault then meets as many calls of each. */
  private void begin(ScheduledExecutorService pace) {
    watch(pace);
    for (Lane lane : lanes) {
      pace.scheduleAtFixedRate(
          lane::call,
          row.millis() * cells.indexOf(lane.cell) / cells.size(),
          row.millis(),
          TimeUnit.MILLISECONDS);
    }
  }

  /** What a machine that stands still does looks like a fault of everybody. */
  private void watch(ScheduledExecutorService pace) {
    AtomicLong last = new AtomicLong(now());
    pace.scheduleAtFixedRate(
        () -> {
          long gap = now() - last.getAndSet(now());
          if (gap > STANDSTILL_NANOS) {
            doubt("the machine stood still for %s s", Report.seconds(gap));
          }
        },
        LOOK_MILLIS,
        LOOK_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  private void doubt(String what, Object... details) {
    doubts.add(what.formatted(details));
  }

  /** Why this run proves little; empty when it is sound. */
  List<String> doubts() {
    return List.copyOf(doubts);
  }

  private void burst(Lane lane) {
    for (int call = 0; call < row.burst(); call++) {
      lane.call();
    }
  }

  private Duration before() {
    Duration calls = Duration.ofMillis(CALLS_BEFORE * row.millis());
    return calls.compareTo(Timing.BEFORE) > 0 ? calls : Timing.BEFORE;
  }

  private long overAt(Lane lane) {
    return row.overAtOnce() ? lane.struckAt() : lane.overAt();
  }

  /** Lanes break and heal one after another, which takes a while. */
  private Map<Key, Outcome> outcomes(long burstAt, long stoppedAt) throws Exception {
    Map<Key, Outcome> outcomes = new LinkedHashMap<>();
    for (Lane lane : lanes) {
      long begunAt = row.burst() > 0 ? burstAt : lane.struckAt();
      Times times = new Times(begunAt, lane.struckAt(), lane.healedAt(), overAt(lane), stoppedAt);
      outcomes.put(new Key(lane.cell, lane.contender), Outcome.of(lane, times, lane.left()));
    }
    return outcomes;
  }

  private int running() {
    return running(lane -> true);
  }

  private int running(Predicate<Lane> which) {
    return lanes.stream().filter(which).mapToInt(Lane::running).sum();
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
