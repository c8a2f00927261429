package io.github.resilientchat.core;

import java.time.Duration;

/** One call's time: an absolute deadline, and what each step may take of it. */
final class CallTime {

  private final RouteRouter router;
  private final boolean streaming;
  private final long deadline;
  private final long waitsUntil;

  CallTime(RouteRouter router, ModelCall call, long startedAt) {
    this.router = router;
    this.streaming = call.streaming();
    RoutePolicy policy = router.route().policy();
    Duration limit = call.timeLimit();
    this.deadline = startedAt + (limit == null ? policy.timeout() : limit).toNanos();
    this.waitsUntil = startedAt + policy.maxWait().toNanos();
  }

  long now() {
    return router.engine().ticker().nanos();
  }

  long remaining() {
    return deadline - now();
  }

  boolean isUp() {
    return remaining() <= 0;
  }

  boolean hasRoomFor(Duration pause) {
    return pause.toNanos() < remaining();
  }

  /** Whether the route lets a call wait so long for a target. */
  boolean mayWait(Duration wait) {
    return now() + wait.toNanos() - waitsUntil <= 0 && hasRoomFor(wait);
  }

  /**
   * How long to wait for the answer or the first content of an attempt begun then.
   *
   * @param another whether a quarter of the time left is kept for another target
   */
  Duration firstPatience(long attemptStart, boolean another) {
    RoutePolicy policy = router.route().policy();
    Duration limit = streaming ? policy.firstTokenTimeout() : policy.attemptTimeout();
    long left = deadline - attemptStart;
    long most = Math.min(limit.toNanos(), another ? left / 4 * 3 : left);
    return Duration.ofNanos(Math.max(0, attemptStart + most - now()));
  }

  /** How long to wait for any further signal. */
  Duration idlePatience() {
    long idle = router.route().policy().idleTimeout().toNanos();
    return Duration.ofNanos(Math.max(0, Math.min(idle, remaining())));
  }

  /** Full jitter: anywhere between nothing and a bound that doubles. */
  Duration backoff(int retry) {
    RetryPolicy policy = router.route().policy().retry();
    long bound = Math.min(policy.maxBackoff().toNanos(), policy.backoff().toNanos() << retry);
    return bound == 0 ? Duration.ZERO : Duration.ofNanos(router.engine().random().nextLong(bound));
  }
}
