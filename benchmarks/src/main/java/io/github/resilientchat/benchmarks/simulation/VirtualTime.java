package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.Ticker;
import java.time.Duration;
import java.util.PriorityQueue;

/**
 * Time that jumps from one planned event to the next. What is due at one instant runs in the order
 * in which it was planned, so a run depends on nothing but its seed. For one thread.
 */
final class VirtualTime implements Ticker {

  /** Not zero, so that code which confuses "never" with the origin is found out. */
  private static final long ORIGIN = Duration.ofHours(1).toNanos();

  private final PriorityQueue<Event> plan = new PriorityQueue<>(1024);
  private long now = ORIGIN;
  private long planned;

  private record Event(long at, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
    }
  }

  @Override
  public long nanos() {
    return now;
  }

  /** Seconds since the simulation began. */
  double seconds() {
    return (now - ORIGIN) / 1e9;
  }

  static long nanosOf(double seconds) {
    return Math.round(seconds * 1e9);
  }

  /** The instant so many seconds after the beginning. */
  static long at(double seconds) {
    return ORIGIN + nanosOf(seconds);
  }

  void after(long nanos, Runnable action) {
    plan.add(new Event(now + Math.max(0, nanos), planned++, action));
  }

  /** Runs until nothing is planned any more. */
  void run() {
    for (Event next = plan.poll(); next != null; next = plan.poll()) {
      now = next.at();
      next.action().run();
    }
  }

  /** Lets time pass in which nothing happens. */
  void skip(Duration time) {
    now += time.toNanos();
  }
}
