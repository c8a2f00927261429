package io.github.resilientchat.langchain4j;

import io.github.resilientchat.core.Attempt;
import org.jspecify.annotations.Nullable;

/** Asks the engine for a second attempt when the first is late. Thread-safe. */
final class HedgeAlarm {

  private final StreamCall call;
  private final Attempt attempt;
  private Alarms.@Nullable Alarm alarm;
  private boolean cancelled;

  HedgeAlarm(StreamCall call, Attempt attempt) {
    this.call = call;
    this.attempt = attempt;
  }

  synchronized void set() {
    if (!cancelled) {
      attempt
          .hedgeAfter()
          .ifPresent(after -> alarm = call.alarms().after(after, () -> call.run(this::ring)));
    }
  }

  private void ring() {
    if (!call.isCancelled()) {
      call.follow(attempt.hedge());
    }
  }

  synchronized void cancel() {
    cancelled = true;
    if (alarm != null) {
      alarm.cancel();
    }
  }
}
