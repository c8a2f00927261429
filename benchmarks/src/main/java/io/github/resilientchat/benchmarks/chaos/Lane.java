package io.github.resilientchat.benchmarks.chaos;

import io.github.resilientchat.benchmarks.rig.Exchanges;
import io.github.resilientchat.benchmarks.rig.Voices;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** One contender on one fault, once: its callers, and all that they did. */
final class Lane implements AutoCloseable {

  private static final Duration RECENT = Duration.ofSeconds(2);
  private static final int TURNS = 3;

  final Cell cell;
  final Contender contender;
  final List<String> broken;
  private final LongSupplier clock;
  private final Duration recent;
  private final ThreadGroup group;
  private final ExecutorService callers;
  private final List<Place> places = new ArrayList<>();
  private final List<Where> where = new ArrayList<>();
  private final ConcurrentLinkedQueue<Asked> calls = new ConcurrentLinkedQueue<>();
  private final AtomicInteger running = new AtomicInteger();
  private final Exchanges exchanges;
  private final Model model;
  private final int openBefore;
  private int threadsBefore;
  private long struckAt;
  private long healedAt;
  private long overAt;

  Lane(
      Cell cell,
      Contender contender,
      Row row,
      URI simulator,
      Supplier<Place> process,
      LongSupplier clock)
      throws Exception {
    this.cell = cell;
    this.contender = contender;
    this.clock = clock;
    Duration turns = Duration.ofMillis(TURNS * row.millis());
    recent = turns.compareTo(RECENT) > 0 ? turns : RECENT;
    // Threads that clients start belong to the group of the thread that builds or uses them.
    group = new ThreadGroup("lane");
    callers =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> daemon(group, task));
    exchanges = new Exchanges(simulator);
    exchanges.forget();
    openBefore = exchanges.open();
    for (int target = 0; target < contender.targets; target++) {
      String account = Voices.ACCOUNTS.get(target);
      URI endpoint = simulator;
      if (target < row.broken().size()) {
        Place place =
            row.broken().get(target).place(new Breakage.Site(account, simulator, process));
        places.add(place);
        endpoint = place.endpoint();
      }
      where.add(new Where(account, endpoint, new Meter(clock)));
    }
    broken = Voices.ACCOUNTS.subList(0, places.size());
    model = callers.submit(this::model).get();
  }

  private static Thread daemon(ThreadGroup group, Runnable task) {
    Thread thread = new Thread(group, task, "chaos-caller");
    thread.setDaemon(true);
    return thread;
  }

  private Model model() {
    return contender == Contender.PLAIN
        ? new PlainModel(cell.framework(), cell.streaming(), where.get(0))
        : new DecoratedModel(cell.framework(), cell.streaming(), where);
  }

  /** Somebody asks, whatever became of those who asked before. */
  void call() {
    call(model.asking());
  }

  /** Connections are open and classes loaded before a route forms its opinion of its targets. */
  void acquaint() {
    model.targets().forEach(this::call);
  }

  /** So many at once that a route that knows nothing yet asks each of its targets. */
  void introduce() {
    model.targets().forEach(target -> call());
  }

  private void call(Asking asking) {
    callers.execute(
        () -> {
          running.incrementAndGet();
          Asked asked = new Asked(clock, running::decrementAndGet);
          calls.add(asked);
          try {
            asking.ask(asked);
          } catch (Throwable thrown) {
            asked.fail(thrown);
          }
        });
  }

  void strike() {
    threadsBefore = group.activeCount();
    places.forEach(Place::strike);
    struckAt = clock.getAsLong();
  }

  void heal() {
    healedAt = clock.getAsLong();
    places.forEach(Place::heal);
    overAt = clock.getAsLong();
  }

  /** When all that breaks was broken. */
  long struckAt() {
    return struckAt;
  }

  /** From here on a call may meet places that are well again. */
  long healedAt() {
    return healedAt;
  }

  /** When all were well again. */
  long overAt() {
    return overAt;
  }

  boolean isDecorated() {
    return contender != Contender.PLAIN;
  }

  int running() {
    return running.get();
  }

  /** When the preferred of the broken targets had answered again, or never. */
  long backAt(long healedAt) {
    return calls.stream()
        .filter(call -> call.isAnsweredBy(broken.get(0)))
        .mapToLong(Asked::endedAt)
        .filter(time -> time >= healedAt)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Whether a target that is about to break was not in use, so that little would be seen. */
  boolean isIdle(long now) {
    return sentToBroken().stream().noneMatch(time -> now - time < recent.toNanos());
  }

  List<Asked> calls() {
    return List.copyOf(calls);
  }

  /** When something was sent to a broken target. */
  List<Long> sentToBroken() {
    return sent(where.subList(0, places.size()));
  }

  List<Long> sent() {
    return sent(where);
  }

  private static List<Long> sent(List<Where> targets) {
    return targets.stream().flatMap(each -> each.meter().sent().stream()).sorted().toList();
  }

  Left left() throws IOException, InterruptedException {
    return new Left(
        Math.max(0, exchanges.open() - openBefore) + places.stream().mapToInt(Place::left).sum(),
        Math.max(0, group.activeCount() - threadsBefore),
        running.get(),
        model.books().open());
  }

  @Override
  public void close() {
    callers.execute(model::close);
    places.forEach(Place::close);
  }
}
