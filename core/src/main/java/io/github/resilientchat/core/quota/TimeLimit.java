package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.internal.time.Wake;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * How long answers are waited for, the same for each. One alarm for all of them, and none for who
 * is answered soon: to set and stop one for each would cost more than to ask. Thread-safe.
 */
final class TimeLimit {

  private static final TimeoutException TOO_LATE = new TimeoutException("no answer in time");

  private final long limit;
  private final Ticker ticker;
  private final Wake wake;
  private final ConcurrentLinkedQueue<Expected> all = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean wakes = new AtomicBoolean();

  /** An answer that is waited for; those that came leave when they are first in line. */
  private record Expected(CompletableFuture<?> answer, long until) {}

  TimeLimit(long limit, Ticker ticker, Wake wake) {
    this.limit = limit;
    this.ticker = ticker;
    this.wake = wake;
  }

  /** Ends the wait for this answer when its time is over. */
  void hold(CompletableFuture<?> answer) {
    long now = ticker.nanos();
    leave(now, false);
    all.add(new Expected(answer, now + limit));
    if (!wakes.getAndSet(true)) {
      wake.after(limit, this::look);
    }
  }

  private void look() {
    long now = ticker.nanos();
    @Nullable Expected first = leave(now, true);
    if (first == null) {
      wakes.set(false);
      // Who came in between saw that somebody wakes.
      first = all.peek();
      if (first == null || wakes.getAndSet(true)) {
        return;
      }
    }
    wake.after(Math.max(1, first.until() - now), this::look);
  }

  /**
   * Lets go of who is answered, and of who is late.
   *
   * @return who is first in line now
   */
  private @Nullable Expected leave(long now, boolean late) {
    @Nullable Expected first = all.peek();
    while (first != null && (first.answer().isDone() || late && first.until() - now <= 0)) {
      if (all.remove(first)) {
        first.answer().completeExceptionally(TOO_LATE);
      }
      first = all.peek();
    }
    return first;
  }
}
