package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.report.StreamInterruptedException;
import io.github.resilientchat.core.route.RoutePolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The one fresh answer that a stream may go on with after it broke, for a consumer that discards
 * what it got. Never a second one, never where a new call makes no sense, and within the time that
 * the call has. Thread-safe.
 */
public final class FreshAnswer {

  private final AtomicBoolean left;
  private final Duration timeLimit;

  /**
   * @param wanted whether the consumer can discard and be told to
   * @param policy of the route
   * @param timeLimit of the call, for the broken answer and the fresh one together; null for the
   *     route's
   */
  public FreshAnswer(boolean wanted, RoutePolicy policy, @Nullable Duration timeLimit) {
    this.left = new AtomicBoolean(wanted);
    this.timeLimit = timeLimit == null ? policy.timeout() : timeLimit;
  }

  /**
   * Takes it, if it is there to be had.
   *
   * @return the time that is left for it; empty when the stream ends with its error
   */
  public Optional<Duration> takeAfter(StreamInterruptedException broken) {
    Duration rest = timeLimit.minus(broken.report().elapsed());
    boolean inTime = !rest.isNegative() && !rest.isZero();
    return broken.retryable() && inTime && left.getAndSet(false)
        ? Optional.of(rest)
        : Optional.empty();
  }
}
