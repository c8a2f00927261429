package io.github.resilientchat.core.adapter;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How much of an answer waits for its user. Above a bound the client is asked to hold, and below a
 * quarter of it to go on. Thread-safe.
 */
final class Room {

  /** An answer of usual length fits: holding costs a round trip, and a client's patience. */
  private static final long MOST = 256 * 1024;

  /** What a part costs beside its characters. */
  private static final long PART = 64;

  /** Clients that cannot be held end here, before they fill the heap. */
  private static final long FAR_TOO_MUCH = 64 * MOST;

  private final AtomicLong waiting = new AtomicLong();
  private volatile @Nullable Exchange held;

  /**
   * So many characters came.
   *
   * @return false when there is no bearing it
   */
  boolean takes(long characters, Exchange from) {
    long now = waiting.addAndGet(characters + PART);
    if (now > MOST && held == null) {
      // In this order: whoever makes room either sees it held, or is seen here.
      from.hold();
      held = from;
      if (waiting.get() < MOST / 4) {
        goOn();
      }
    }
    return now < FAR_TOO_MUCH;
  }

  /** So many characters were told, or are void. */
  void freed(long characters) {
    long now = waiting.addAndGet(-characters - PART);
    if (now < MOST / 4 && held != null) {
      goOn();
    }
  }

  boolean isHeld() {
    return held != null;
  }

  private void goOn() {
    Exchange going = held;
    held = null;
    if (going != null) {
      going.goOn();
      if (waiting.get() > MOST && held == going) {
        going.hold();
      }
    }
  }
}
