package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.internal.time.Nanos;
import io.github.resilientchat.core.route.RetryPolicy;
import io.github.resilientchat.core.route.RoutePolicy;
import java.time.Duration;

/** One call's time: an absolute deadline, and what each step may take of it. Reads no clock. */
abstract class CallTime {

  private final boolean streaming;
  private final long deadline;

  CallTime(RoutePolicy policy, ModelCall call, long startedAt) {
    this.streaming = call.streaming();
    Duration limit = call.timeLimit();
    this.deadline = startedAt + Nanos.of(limit == null ? policy.timeout() : limit);
  }

  /** The route's. */
  abstract RoutePolicy policy();

  final long remaining(long now) {
    return deadline - now;
  }

  final boolean isUp(long now) {
    return remaining(now) <= 0;
  }

  final boolean hasRoomFor(long pause, long now) {
    return pause < remaining(now);
  }

  /**
   * Whether the route lets a call wait so long for a target.
   *
   * @param waited how long it has waited for targets before
   */
  final boolean mayWait(long wait, long waited, long now) {
    long most = Nanos.of(policy().maxWait());
    return most > 0 && waited + wait <= most && hasRoomFor(wait, now);
  }

  /**
   * How long to wait for the answer or the first content of an attempt begun then.
   *
   * @param another whether a quarter of the time left is kept for another target
   */
  final Duration firstPatience(long attemptStart, boolean another, long now) {
    long limit = Nanos.of(streaming ? policy().firstTokenTimeout() : policy().attemptTimeout());
    long left = deadline - attemptStart;
    long most = Math.min(limit, another ? left / 4 * 3 : left);
    return Duration.ofNanos(Math.max(0, attemptStart + most - now));
  }

  /** How long to wait for any further signal. */
  final Duration idlePatience(long now) {
    return idlePatience(now, now);
  }

  /** How long to wait for any further signal when the last one came then. */
  final Duration idlePatience(long heardAt, long now) {
    long idle = heardAt + Nanos.of(policy().idleTimeout()) - now;
    return Duration.ofNanos(Math.max(0, Math.min(idle, remaining(now))));
  }

  /**
   * Full jitter: anywhere between nothing and a bound that doubles.
   *
   * @param chance from 0 to 1
   */
  final long backoff(int retry, double chance) {
    RetryPolicy retries = policy().retry();
    long bound =
        Math.min(Nanos.of(retries.maxBackoff()), Nanos.doubled(Nanos.of(retries.backoff()), retry));
    return (long) (bound * chance);
  }
}
