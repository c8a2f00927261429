package io.github.resilientchat.streaming;

import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The system's clock, which can leap ahead. What waits already goes on waiting in real time. */
public final class Clock implements Ticker {

  private final AtomicLong ahead = new AtomicLong();

  @Override
  public long nanos() {
    return Ticker.system().nanos() + ahead.get();
  }

  public void leap(Duration far) {
    ahead.addAndGet(far.toNanos());
  }
}
