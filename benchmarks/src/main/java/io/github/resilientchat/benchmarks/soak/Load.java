package io.github.resilientchat.benchmarks.soak;

import io.github.resilientchat.benchmarks.soak.Tally.Count;
import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A number of callers, each of whom makes one call after the other. */
final class Load {

  private static final Duration FAR_TOO_LONG = Duration.ofSeconds(30);
  private static final long BREATH_MILLIS = 20;
  private static final long BETWEEN_FIRST_CALLS_MILLIS = 100;

  private final Tally tally;
  private final Streams streams;
  private final ScheduledExecutorService threads;
  private final Ticker ticker = Ticker.system();
  private final Set<Call> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  Load(Tally tally, Streams streams, ScheduledExecutorService threads) {
    this.tally = tally;
    this.streams = streams;
    this.threads = threads;
  }

  ScheduledFuture<?> start(int callers) {
    for (int caller = 0; caller < callers; caller++) {
      callAfter(caller * BETWEEN_FIRST_CALLS_MILLIS);
    }
    return threads.scheduleAtFixedRate(this::sweep, 1, 1, TimeUnit.SECONDS);
  }

  Tally tally() {
    return tally;
  }

  int running() {
    return running.size();
  }

  /** Every caller leaves, and nobody calls again. */
  void stop() {
    stopped = true;
    running.forEach(Call::leave);
  }

  private void callAfter(long millis) {
    if (!stopped) {
      threads.schedule(this::call, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void call() {
    if (stopped) {
      return;
    }
    AtomicBoolean gone = new AtomicBoolean();
    Call[] self = new Call[1];
    Call call =
        new Call(
            tally,
            () -> {
              gone.set(true);
              running.remove(self[0]);
              callAfter(BREATH_MILLIS);
            },
            ticker.nanos());
    self[0] = call;
    running.add(call);
    try {
      streams.start(call);
    } catch (RuntimeException refused) {
      call.fail(refused);
    }
    if (gone.get()) {
      running.remove(call);
    }
  }

  private void sweep() {
    long now = ticker.nanos();
    running.stream()
        .filter(call -> call.isOlderThan(FAR_TOO_LONG.toNanos(), now))
        .forEach(Call::giveUpOn);
  }

  void stillOpen(int exchanges) {
    tally.add(Count.OPEN, exchanges);
  }
}
