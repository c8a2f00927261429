package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.internal.time.Nanos;
import io.github.resilientchat.core.internal.time.Wake;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a store what calls used that are over: nobody waits for it, and it is said again until it
 * was heard, or until the store would not know any more that it has heard it. Bounded in number.
 * Thread-safe.
 */
final class Settlements {

  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.resilientchat.core.quota.PlanQuotas");

  private static final int MOST_OPEN = 100_000;
  private static final int MOST_AT_A_TIME = 256;
  private static final long PAUSE = 500_000_000;

  private final QuotaStore store;
  private final StoreReach reach;
  private final Wake wake;
  private final LongSupplier nanos;
  private final long repeatable;
  private final ConcurrentLinkedQueue<Open> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger untold = new AtomicInteger();
  private final AtomicBoolean wakes = new AtomicBoolean();
  private final LongAdder lost = new LongAdder();

  /**
   * Something to tell.
   *
   * @param heard is told, on the store's thread, what it answered
   * @param firstSaid when it was said for the first time, or -1 when it never was
   */
  private record Open(
      QuotaStore.Demand demand,
      @Nullable Object ticket,
      QuotaStore.Use use,
      Consumer<QuotaStore.Ended> heard,
      long firstSaid) {

    Open said(long now) {
      return firstSaid >= 0 ? this : new Open(demand, ticket, use, heard, Math.max(0, now));
    }
  }

  /**
   * @param nanos a clock that goes on without the store
   */
  Settlements(QuotaStore store, StoreReach reach, Wake wake, LongSupplier nanos) {
    this.store = store;
    this.reach = reach;
    this.wake = wake;
    this.nanos = nanos;
    this.repeatable = Nanos.of(store.repeatable());
  }

  void tell(
      QuotaStore.Demand demand,
      @Nullable Object ticket,
      QuotaStore.Use use,
      Consumer<QuotaStore.Ended> heard) {
    Open one = new Open(demand, ticket, use, heard, -1);
    untold.incrementAndGet();
    if (reach.isAway()) {
      keep(one);
    } else {
      say(one);
    }
  }

  /** How many the store does not know of, or has not been heard to know of. */
  long untold() {
    return untold.get();
  }

  long lost() {
    return lost.sum();
  }

  private void say(Open one) {
    Open said = one.said(nanos.getAsLong());
    underWay.incrementAndGet();
    reach
        .tell(() -> store.end(said.demand(), said.ticket(), said.use()))
        .whenComplete(
            (ended, fault) -> {
              underWay.decrementAndGet();
              if (fault == null) {
                hear(said, ended);
                sayMore();
              } else {
                keep(said);
                again();
              }
            });
  }

  /** Who sees that it is told finds what the store answered. */
  private void hear(Open said, QuotaStore.Ended ended) {
    try {
      said.heard().accept(ended);
    } finally {
      untold.decrementAndGet();
    }
  }

  private void keep(Open one) {
    if (size.get() >= MOST_OPEN) {
      lose("too many wait to be told");
      return;
    }
    size.incrementAndGet();
    open.add(one);
  }

  private void lose(String why) {
    boolean isFirst = lost.sum() == 0;
    lost.increment();
    untold.decrementAndGet();
    if (isFirst) {
      Foreign.aside(
          "the log",
          () -> LOG.error("the store of quotas will never know what some calls used: {}", why));
    }
  }

  /** Goes on where it stopped; what fails at once waits for the next time. */
  void sayMore() {
    for (int left = size.get(); left > 0; left--) {
      if (reach.isAway() || underWay.get() >= MOST_AT_A_TIME) {
        return;
      }
      @Nullable Open next = open.poll();
      if (next == null) {
        return;
      }
      size.decrementAndGet();
      if (next.firstSaid() >= 0 && nanos.getAsLong() - next.firstSaid() > repeatable) {
        lose("it was away for too long");
      } else {
        say(next);
      }
    }
  }

  /** Later, unless somebody does it anyway when the store is back. */
  private void again() {
    if (!reach.isAway() && !reach.isClosed() && !wakes.getAndSet(true)) {
      wake.after(
          PAUSE,
          () -> {
            wakes.set(false);
            sayMore();
          });
    }
  }
}
