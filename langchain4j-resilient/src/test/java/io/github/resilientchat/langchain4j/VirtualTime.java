package io.github.resilientchat.langchain4j;

import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.adapter.Alarms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes when a test says so, for the engine and the alarms alike. */
final class VirtualTime implements Ticker, Alarms {

  private final List<Pending> pending = new ArrayList<>();
  private long now = 1_000_000;

  private record Pending(long due, Runnable action) {}

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public synchronized Alarm after(Duration delay, Runnable action) {
    Pending alarm = new Pending(now + delay.toNanos(), action);
    pending.add(alarm);
    return () -> cancel(alarm);
  }

  private synchronized void cancel(Pending alarm) {
    pending.remove(alarm);
  }

  synchronized int alarmsSet() {
    return pending.size();
  }

  void advance(Duration time) {
    synchronized (this) {
      now += time.toNanos();
    }
    for (Pending next = due(); next != null; next = due()) {
      next.action().run();
    }
  }

  private synchronized Pending due() {
    for (Pending alarm : pending) {
      if (alarm.due() <= now) {
        pending.remove(alarm);
        return alarm;
      }
    }
    return null;
  }
}
