package io.github.resilientchat.core.adapter;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one alarm of a call. A new one replaces the one before. Thread-safe. */
final class Watch {

  private final Alarms alarms;
  private final Consumer<Object> ring;
  private final AtomicReference<@Nullable Set> current = new AtomicReference<>();
  private volatile boolean stopped;

  private static final class Set {
    private volatile Alarms.@Nullable Alarm alarm;
    private volatile boolean dropped;

    void drop() {
      dropped = true;
      Alarms.Alarm known = alarm;
      if (known != null) {
        known.cancel();
      }
    }
  }

  /**
   * @param ring says on the timer's thread that this alarm is due
   */
  Watch(Alarms alarms, Consumer<Object> ring) {
    this.alarms = alarms;
    this.ring = ring;
  }

  void set(Duration delay) {
    Set next = new Set();
    replace(next);
    next.alarm = alarms.after(delay, () -> ring.accept(next));
    if (next.dropped || stopped) {
      next.drop();
    }
  }

  /** Whether this is the alarm that was set last; it is set no more. */
  boolean isDue(Object rung) {
    return current.compareAndSet((Set) rung, null);
  }

  void clear() {
    replace(null);
  }

  /** For good. */
  void stop() {
    stopped = true;
    clear();
  }

  private void replace(@Nullable Set next) {
    Set before = current.getAndSet(next);
    if (before != null) {
      before.drop();
    }
  }
}
