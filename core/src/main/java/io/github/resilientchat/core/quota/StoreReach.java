package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.internal.time.Nanos;
import io.github.resilientchat.core.internal.time.Wake;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a store can be asked. Each question has a time limit; after three in a row without an
 * answer nobody asks, and the store is probed, less and less often, until it answers. Both turns
 * leave a line. Thread-safe; starts no thread.
 */
final class StoreReach {

  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.resilientchat.core.quota.PlanQuotas");

  private static final int MOST_FAILURES = 3;
  private static final long PATIENCE = 1_000_000_000;
  private static final long FIRST_REST = 250_000_000;
  private static final int MOST_DOUBLINGS = 4;

  /** Who comes back and leaves again so soon is probed less often. */
  private static final long RELAPSE = 60_000_000_000L;

  private final QuotaStore store;
  private final Ticker ticker;
  private final long inTime;
  private final TimeLimit toAsk;
  private final TimeLimit toTell;
  private final Wake wake;
  private final InstantSource clock;
  private final String whileAway;
  private final Runnable onReturn;
  private final LongAdder asked = new LongAdder();
  private final LongAdder unanswered = new LongAdder();

  private volatile boolean away;
  private volatile boolean closed;
  private volatile int failures;
  private int rests;
  private @Nullable Instant since;
  private @Nullable String why;

  /**
   * @param whileAway what holds without the store, for the log
   * @param onReturn what to do when it is back
   */
  StoreReach(SharedStore shared, Wake wake, Ticker ticker, InstantSource clock, Runnable onReturn) {
    this.store = shared.store();
    this.ticker = ticker;
    this.inTime = Nanos.of(shared.timeout());
    this.toAsk = new TimeLimit(inTime, ticker, wake);
    this.toTell = new TimeLimit(Math.max(inTime, PATIENCE), ticker, wake);
    this.wake = wake;
    this.clock = clock;
    this.whileAway = shared.onFailure().toString();
    this.onReturn = onReturn;
  }

  boolean isAway() {
    return away;
  }

  boolean isClosed() {
    return closed;
  }

  /** Asks, within the time limit, and learns from what comes of it. */
  <T> CompletableFuture<T> ask(Supplier<? extends CompletionStage<T>> question) {
    asked.increment();
    return within(toAsk, question)
        .whenComplete(
            (answer, fault) -> {
              if (fault == null) {
                well();
              } else {
                unanswered.increment();
                failed(fault);
              }
            });
  }

  /**
   * Says something that no call waits for: there is more time for it. That it was heard so late
   * says nothing for a store that calls wait for.
   */
  <T> CompletableFuture<T> tell(Supplier<? extends CompletionStage<T>> word) {
    long began = ticker.nanos();
    return within(toTell, word)
        .whenComplete(
            (answer, fault) -> {
              if (fault != null) {
                failed(fault);
              } else if (ticker.nanos() - began <= inTime) {
                well();
              }
            });
  }

  private <T> CompletableFuture<T> within(
      TimeLimit limit, Supplier<? extends CompletionStage<T>> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      question
          .get()
          .whenComplete(
              (said, fault) -> {
                if (fault == null) {
                  answer.complete(said);
                } else {
                  answer.completeExceptionally(fault);
                }
              });
    } catch (Throwable fault) {
      answer.completeExceptionally(fault);
    }
    if (!answer.isDone()) {
      limit.hold(answer);
    }
    return answer;
  }

  private void well() {
    if (failures > 0) {
      synchronized (this) {
        failures = 0;
      }
    }
  }

  private void failed(Throwable fault) {
    long rest;
    String reason = nameOf(fault);
    Instant now = clock.instant();
    synchronized (this) {
      failures = failures + 1;
      if (failures < MOST_FAILURES || away || closed) {
        return;
      }
      boolean again =
          since != null && now.toEpochMilli() - since.toEpochMilli() < RELAPSE / 1_000_000;
      rests = again ? Math.min(rests + 1, MOST_DOUBLINGS) : 0;
      away = true;
      since = now;
      why = reason;
      rest = Nanos.doubled(FIRST_REST, rests);
    }
    Foreign.aside(
        "the log",
        () ->
            LOG.warn(
                "the store of quotas does not answer ({}): until it does, limits hold so: {}",
                reason,
                whileAway));
    wake.after(rest, this::probe);
  }

  /** By type and the store's own code, which holds nobody's name. */
  private static String nameOf(Throwable fault) {
    Throwable cause =
        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    @Nullable String said = cause.getMessage();
    int end = said == null ? 0 : said.indexOf(' ');
    String code = said != null && end > 0 ? said.substring(0, end) : "";
    boolean isCode = code.length() >= 3 && code.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    return cause.getClass().getSimpleName() + (isCode ? " " + code : "");
  }

  private void probe() {
    if (closed) {
      return;
    }
    within(toAsk, () -> store.probe().thenApply(answer -> true))
        .whenComplete(
            (answer, fault) -> {
              if (fault == null) {
                back();
              } else {
                wake.after(Nanos.doubled(FIRST_REST, nextRest()), this::probe);
              }
            });
  }

  private synchronized int nextRest() {
    rests = Math.min(rests + 1, MOST_DOUBLINGS);
    return rests;
  }

  private void back() {
    Instant now = clock.instant();
    synchronized (this) {
      away = false;
      failures = 0;
      since = now;
      why = null;
    }
    Foreign.aside("the log", () -> LOG.info("the store of quotas answers again"));
    onReturn.run();
  }

  synchronized StoreState state(long untold, long lost) {
    return new StoreState(away, since, why, untold, lost, asked.sum(), unanswered.sum());
  }

  void close() {
    closed = true;
  }
}
