package io.github.resilientchat.benchmarks.chaos;

import io.github.resilientchat.benchmarks.rig.Voices;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One call, as its caller saw it. Times are nanoseconds since the lane's fault began. */
final class Asked {

  private final LongSupplier clock;
  private final Runnable ended;
  private final StringBuilder text = new StringBuilder();
  final long begunAt;
  private long endedAt = Long.MAX_VALUE;
  private int endings;
  private @Nullable Throwable error;

  Asked(LongSupplier clock, Runnable ended) {
    this.clock = clock;
    this.ended = ended;
    this.begunAt = clock.getAsLong();
  }

  synchronized void hear(String words) {
    text.append(words);
  }

  void answer(String whole) {
    hear(whole);
    complete();
  }

  void complete() {
    end(null);
  }

  void fail(Throwable thrown) {
    end(thrown);
  }

  private void end(@Nullable Throwable thrown) {
    synchronized (this) {
      if (++endings > 1) {
        return;
      }
      endedAt = clock.getAsLong();
      error = thrown;
    }
    ended.run();
  }

  synchronized boolean hasEnded() {
    return endings > 0;
  }

  synchronized boolean endedTwice() {
    return endings > 1;
  }

  synchronized long endedAt() {
    return endedAt;
  }

  /** Said to be whole, and is not. */
  synchronized boolean isFalse() {
    return endings > 0 && error == null && !Voices.isWhole(text.toString());
  }

  /** The whole answer, in time. */
  synchronized boolean isAnswered() {
    return endings > 0
        && error == null
        && endedAt - begunAt <= Timing.TOTAL.plus(Timing.CLOCKS).toNanos()
        && Voices.isWhole(text.toString());
  }

  synchronized boolean isAnsweredBy(String account) {
    return isAnswered() && text.indexOf(account) == 0;
  }

  /** What the caller was told; empty after an answer. */
  synchronized String trouble() {
    if (endings == 0) {
      return "never ended";
    }
    if (error != null) {
      return Trouble.of(error);
    }
    return isFalse() ? "cut or wrong as success" : isAnswered() ? "" : "answered too late";
  }
}
