package io.github.resilientchat.langchain4j;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices when an attempt stays silent for longer than it is patient. A signal only notes the time,
 * as streams have many; the alarm that finds it was heard in between sets itself again.
 */
final class Watchdog {

  private final Alarms alarms;
  private final Supplier<Duration> patience;
  private final BooleanSupplier busy;
  private final Runnable silence;
  private Alarms.@Nullable Alarm alarm;
  private boolean stopped;
  private volatile long due;
  private volatile Duration waiting = Duration.ZERO;

  /**
   * @param patience how long to wait for the next signal, from now
   * @param busy whether the caller is still occupied with an earlier signal, so that the target may
   *     be the one who waits
   * @param silence called once, on the timer's thread
   */
  Watchdog(Alarms alarms, Supplier<Duration> patience, BooleanSupplier busy, Runnable silence) {
    this.alarms = alarms;
    this.patience = patience;
    this.busy = busy;
    this.silence = silence;
  }

  /** Starts to wait, or waits anew with the patience of now. */
  synchronized void watch() {
    heard();
    set();
  }

  /** A signal came. */
  void heard() {
    Duration patient = patience.get();
    waiting = patient;
    due = alarms.nanos() + patient.toNanos();
  }

  synchronized void stop() {
    stopped = true;
    if (alarm != null) {
      alarm.cancel();
    }
  }

  /** How long it waited for what did not come. */
  Duration waited() {
    return waiting;
  }

  private void set() {
    if (alarm != null) {
      alarm.cancel();
    }
    if (!stopped) {
      alarm = alarms.after(Duration.ofNanos(Math.max(0, due - alarms.nanos())), this::ring);
    }
  }

  private synchronized void ring() {
    if (stopped) {
      return;
    }
    if (busy.getAsBoolean() && !patience.get().isZero()) {
      heard();
    }
    if (due - alarms.nanos() > 0) {
      set();
    } else {
      stopped = true;
      silence.run();
    }
  }
}
