package io.github.resilientchat.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A wait before the call goes on. Holds no permit; ended once, by resuming or cancelling. */
public final class Pause implements Step {

  private final RoutedCall call;
  private final Duration delay;
  private final Supplier<Step> next;
  private final AtomicBoolean ended = new AtomicBoolean();

  Pause(RoutedCall call, Duration delay, Supplier<Step> next) {
    this.call = call;
    this.delay = delay;
    this.next = next;
  }

  public Duration delay() {
    return delay;
  }

  /** What follows when the delay has passed. */
  public Step resume() {
    return ended.compareAndSet(false, true) ? call.resume(next) : AlreadyEnded.INSTANCE;
  }

  /** The caller went away while waiting. */
  public void cancelled() {
    if (ended.compareAndSet(false, true)) {
      call.cancelled(null, null);
    }
  }
}
