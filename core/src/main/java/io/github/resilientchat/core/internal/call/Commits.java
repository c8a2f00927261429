package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.internal.time.Nanos;
import io.github.resilientchat.core.quota.Bill;
import io.github.resilientchat.core.quota.Reservation;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends reservations. One whose store throws is kept and ended again, with the same bill, after a
 * rest that doubles: by later calls, since the engine has no threads. Thread-safe.
 */
public final class Commits {

  private static final Logger LOG = LoggerFactory.getLogger("io.github.resilientchat.core.Router");
  private static final long REST = 1_000_000_000;
  private static final int MOST_TRIES = 16;
  private static final int MOST_OPEN = 10_000;

  private final ConcurrentLinkedQueue<Open> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  private record Open(Reservation reservation, Bill bill, int tries, long due) {}

  void settle(Reservation reservation, Bill bill, long now) {
    if (!commit(reservation, bill, now)) {
      keep(new Open(reservation, bill, 1, now + REST));
    }
    repeat(now);
  }

  /** How many reservations wait to be ended again. */
  int open() {
    return size.get();
  }

  private void repeat(long now) {
    if (size.get() == 0) {
      return;
    }
    @Nullable Open next = open.poll();
    if (next == null) {
      return;
    }
    size.decrementAndGet();
    if (next.due() - now > 0) {
      keep(next);
    } else if (!commit(next.reservation(), next.bill(), now)) {
      int tries = next.tries() + 1;
      keep(new Open(next.reservation(), next.bill(), tries, now + Nanos.doubled(REST, tries - 1)));
    }
  }

  private void keep(Open one) {
    if (one.tries() >= MOST_TRIES || size.get() >= MOST_OPEN) {
      Foreign.run(
          "the log",
          () ->
              LOG.error(
                  "{} could not be settled after {} tries and stays as it is",
                  one.reservation().getClass().getName(),
                  one.tries()));
      return;
    }
    size.incrementAndGet();
    open.add(one);
  }

  private static boolean commit(Reservation reservation, Bill bill, long now) {
    try {
      reservation.settle(bill, now);
      return true;
    } catch (Throwable fault) {
      Foreign.log(reservation.getClass().getName(), fault);
      return false;
    }
  }
}
