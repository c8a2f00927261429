package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes when a test says so, for the engine and the alarms alike. */
final class VirtualAlarms implements Ticker, Alarms {

  private final List<Pending> pending = new ArrayList<>();
  private long now = 1_000_000;

  private record Pending(long due, Runnable action) {}

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public Alarm after(Duration delay, Runnable action) {
    Pending alarm = new Pending(now + delay.toNanos(), action);
    pending.add(alarm);
    return () -> pending.remove(alarm);
  }

  int set() {
    return pending.size();
  }

  void advance(Duration time) {
    now += time.toNanos();
    List<Pending> due = pending.stream().filter(alarm -> alarm.due() <= now).toList();
    pending.removeAll(due);
    due.forEach(alarm -> alarm.action().run());
  }
}
