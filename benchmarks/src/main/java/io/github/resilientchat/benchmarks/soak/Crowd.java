package io.github.resilientchat.benchmarks.soak;

import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Callers who make one stream after the other. In some rounds every fourth of them offers a tool;
 * the others are timed, and hear of no tool in any round.
 */
final class Crowd {

  private static final int ONE_WITH_TOOLS_IN = 4;
  private static final long BREATH_MILLIS = 20;
  private static final long BETWEEN_FIRST_CALLS_MILLIS = 10;

  /** What a round before began has ended. */
  private static final Duration SETTLING = Tool.LENGTH.plusMillis(500);

  private final Tally tally;
  private final Talk talk;
  private final ScheduledExecutorService threads;
  private final Ticker ticker = Ticker.system();
  private final FirstTokens without = new FirstTokens();
  private final FirstTokens with = new FirstTokens();
  private final AtomicInteger toolRuns = new AtomicInteger();
  private volatile boolean tools;
  private volatile @Nullable FirstTokens timed;
  private volatile boolean stopped;

  Crowd(Tally tally, Talk talk, ScheduledExecutorService threads) {
    this.tally = tally;
    this.talk = talk;
    this.threads = threads;
  }

  void enter(int callers) {
    for (int caller = 0; caller < callers; caller++) {
      boolean offersTools = caller % ONE_WITH_TOOLS_IN == 0;
      after(caller * BETWEEN_FIRST_CALLS_MILLIS, () -> call(offersTools));
    }
  }

  /** Lets so much time pass, of which nothing is told. */
  void settle(boolean withTools, Duration length) throws InterruptedException {
    tools = withTools;
    pass(length);
  }

  /** Lets so much time pass, with or without tools. */
  void round(boolean withTools, Duration length) throws InterruptedException {
    settle(withTools, SETTLING);
    timed = withTools ? with : without;
    pass(length.minus(SETTLING));
    timed = null;
  }

  /** Nobody calls again; those who have called are answered. */
  void leave() throws InterruptedException {
    stopped = true;
    settle(false, SETTLING.plus(SETTLING));
  }

  FirstTokens without() {
    return without;
  }

  FirstTokens with() {
    return with;
  }

  int toolRuns() {
    return toolRuns.get();
  }

  private static void pass(Duration time) throws InterruptedException {
    new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void after(long millis, Runnable action) {
    if (!stopped) {
      threads.schedule(action, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void call(boolean offersTools) {
    @Nullable FirstTokens kind = offersTools ? null : timed;
    boolean withTool = offersTools && tools;
    talk.begin(withTool, new Waiting(kind, () -> after(BREATH_MILLIS, () -> call(offersTools))));
    if (withTool) {
      toolRuns.incrementAndGet();
    }
  }

  private final class Waiting implements Talk.Caller {

    private final long since = ticker.nanos();
    private final AtomicBoolean heard = new AtomicBoolean();
    private final @Nullable FirstTokens kind;
    private final Runnable next;

    private Waiting(@Nullable FirstTokens kind, Runnable next) {
      this.kind = kind;
      this.next = next;
    }

    @Override
    public void hear() {
      if (!heard.getAndSet(true) && kind != null) {
        kind.add(ticker.nanos() - since);
      }
    }

    @Override
    public void complete() {
      end();
    }

    @Override
    public void fail(Throwable error) {
      tally.failed(error);
      end();
    }

    /** Who heard nothing has waited all the same. */
    private void end() {
      hear();
      next.run();
    }
  }
}
