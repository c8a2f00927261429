package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.adapter.Pause;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.quota.Admission;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A pause of a call.
 *
 * @param again the attempt whose target is tried once more afterwards; null when the wait is for
 *     any target to let in
 * @param turn the caller's place in line; null when the wait is for a target
 */
record Waiting(
    RoutedCall call, long nanos, long since, @Nullable Try again, Admission.@Nullable Turn turn)
    implements Pause, Verdict {

  @Override
  public Duration delay() {
    return Duration.ofNanos(nanos);
  }

  @Override
  public Step resume() {
    return call.resumed(this);
  }

  @Override
  public void cancelled() {
    call.cancelled(this);
  }

  /** Each pause is one of its own. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
