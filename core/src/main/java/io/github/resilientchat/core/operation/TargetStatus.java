package io.github.resilientchat.core.operation;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.route.Target;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target of a route at a moment.
 *
 * @param target as configured
 * @param tier from 0
 * @param weight that counts now
 * @param reason why it would not be asked now, safe to show; null when it would
 * @param comesBackIn when that ends by itself; null when it does not, or nobody knows
 * @param inFlight attempts under way, of all routes
 * @param quotaLeft share of its tightest limit that is left, from 0 to 1; 1 without limits
 * @param limits how far each of its own limits is used
 * @param blocking what is known of calls that wait for a whole answer
 * @param streaming what is known of streams
 */
public record TargetStatus(
    Target target,
    int tier,
    int weight,
    State state,
    @Nullable String reason,
    @Nullable Duration comesBackIn,
    int inFlight,
    double quotaLeft,
    List<Used> limits,
    Way blocking,
    Way streaming) {

  /** Whether a call would be let in now, and what keeps it away. */
  public enum State {
    /** The next call is let in, if only to prove that the target is back. */
    READY,
    /** It cools down after a failure or a throttle. */
    RESTING,
    /** Its circuit breaker is open, in each way of calling that is in use. */
    BROKEN,
    /** One of its own limits is used up. */
    FULL,
    /** Somebody took it out. */
    DRAINED
  }

  /**
   * A limit of the target.
   *
   * @param used requests, tokens or calls that count now; more than the limit while in debt
   */
  public record Used(Limit limit, long used) {

    /** Used by the limit; above 1 while in debt. */
    public double ratio() {
      return (double) used / limit.amount();
    }
  }

  /**
   * One way of calling.
   *
   * @param latency expected seconds to an answer of usual length, NaN while unknown
   * @param failures recent share of attempts that failed by the target's own fault, from 0 to 1
   * @param breaker the state of its circuit breaker in this route
   */
  public record Way(double latency, double failures, CircuitBreaker.State breaker) {}

  public TargetStatus {
    limits = List.copyOf(limits);
  }

  public boolean canAnswer() {
    return state == State.READY;
  }
}
