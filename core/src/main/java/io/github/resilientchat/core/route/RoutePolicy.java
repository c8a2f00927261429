package io.github.resilientchat.core.route;

import io.github.resilientchat.core.Capability;
import io.github.resilientchat.core.failure.FailurePolicy;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How long a route waits and how often it tries. Immutable; start from {@link #DEFAULTS} and change
 * what differs.
 *
 * @param timeout the whole call, attempts and pauses together
 * @param attemptTimeout one attempt that waits for a whole answer
 * @param firstTokenTimeout from the start of a streaming attempt to its first content
 * @param idleTimeout between two signals of a stream after its first content
 * @param maxWait how long a call may wait for a target to become available before it gives up
 * @param retry attempts and backoff
 * @param breaker the circuit breaker of each target
 * @param hedge when a second target is asked beside the first
 * @param resume how a stream goes on that broke after content
 * @param failures what the owner says about failures
 * @param fastWithin how soon an attempt must have failed for another one to follow, so that a slow
 *     one does not double the wait; null for however long it took
 * @param maxDuration the longest that a stream may take from its first content; null for as long as
 *     the call may take
 * @param requires what every target must be able to do that answers, whatever the request needs
 */
public record RoutePolicy(
    Duration timeout,
    Duration attemptTimeout,
    Duration firstTokenTimeout,
    Duration idleTimeout,
    Duration maxWait,
    RetryPolicy retry,
    BreakerPolicy breaker,
    HedgePolicy hedge,
    Resume resume,
    FailurePolicy failures,
    @Nullable Duration fastWithin,
    @Nullable Duration maxDuration,
    Set<Capability> requires) {

  /**
   * 120 s in all, 60 s an attempt, 60 s to the first token, 30 s idle, no waiting, 3 attempts
   * however long one takes, no hedging, no fresh answers, nothing required.
   */
  public static final RoutePolicy DEFAULTS =
      new RoutePolicy(
          Duration.ofSeconds(120),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ZERO,
          RetryPolicy.DEFAULTS,
          BreakerPolicy.DEFAULTS,
          HedgePolicy.OFF,
          Resume.NONE,
          FailurePolicy.DEFAULTS,
          null,
          null,
          Set.of());

  public RoutePolicy {
    requirePositive("timeout", timeout);
    requirePositive("attempt timeout", attemptTimeout);
    requirePositive("first-token timeout", firstTokenTimeout);
    requirePositive("idle timeout", idleTimeout);
    if (fastWithin != null) {
      requirePositive("fast-within", fastWithin);
    }
    if (maxDuration != null) {
      requirePositive("max duration", maxDuration);
    }
    requires = Set.copyOf(requires);
    if (maxWait.isNegative()) {
      throw new IllegalArgumentException("max wait must not be negative: " + maxWait);
    }
  }

  public RoutePolicy withTimeout(Duration value) {
    return changed(draft -> draft.timeout = value);
  }

  public RoutePolicy withAttemptTimeout(Duration value) {
    return changed(draft -> draft.attemptTimeout = value);
  }

  public RoutePolicy withFirstTokenTimeout(Duration value) {
    return changed(draft -> draft.firstTokenTimeout = value);
  }

  public RoutePolicy withIdleTimeout(Duration value) {
    return changed(draft -> draft.idleTimeout = value);
  }

  public RoutePolicy withMaxWait(Duration value) {
    return changed(draft -> draft.maxWait = value);
  }

  public RoutePolicy withRetry(RetryPolicy value) {
    return changed(draft -> draft.retry = value);
  }

  public RoutePolicy withBreaker(BreakerPolicy value) {
    return changed(draft -> draft.breaker = value);
  }

  public RoutePolicy withHedge(HedgePolicy value) {
    return changed(draft -> draft.hedge = value);
  }

  public RoutePolicy withResume(Resume value) {
    return changed(draft -> draft.resume = value);
  }

  public RoutePolicy withFailures(FailurePolicy value) {
    return changed(draft -> draft.failures = value);
  }

  /** Null lets another attempt follow however long one took to fail. */
  public RoutePolicy withFastWithin(@Nullable Duration value) {
    return changed(draft -> draft.fastWithin = value);
  }

  /** Null bounds streams by the call's timeout alone. */
  public RoutePolicy withMaxDuration(@Nullable Duration value) {
    return changed(draft -> draft.maxDuration = value);
  }

  public RoutePolicy withRequires(Set<Capability> value) {
    return changed(draft -> draft.requires = value);
  }

  private RoutePolicy changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.policy();
  }

  private static void requirePositive(String what, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(what + " must be positive: " + value);
    }
  }

  /** A policy of which one component is being changed. */
  private static final class Draft {
    private Duration timeout;
    private Duration attemptTimeout;
    private Duration firstTokenTimeout;
    private Duration idleTimeout;
    private Duration maxWait;
    private RetryPolicy retry;
    private BreakerPolicy breaker;
    private HedgePolicy hedge;
    private Resume resume;
    private FailurePolicy failures;
    private @Nullable Duration fastWithin;
    private @Nullable Duration maxDuration;
    private Set<Capability> requires;

    Draft(RoutePolicy policy) {
      timeout = policy.timeout;
      attemptTimeout = policy.attemptTimeout;
      firstTokenTimeout = policy.firstTokenTimeout;
      idleTimeout = policy.idleTimeout;
      maxWait = policy.maxWait;
      retry = policy.retry;
      breaker = policy.breaker;
      hedge = policy.hedge;
      resume = policy.resume;
      failures = policy.failures;
      fastWithin = policy.fastWithin;
      maxDuration = policy.maxDuration;
      requires = policy.requires;
    }

    RoutePolicy policy() {
      return new RoutePolicy(
          timeout,
          attemptTimeout,
          firstTokenTimeout,
          idleTimeout,
          maxWait,
          retry,
          breaker,
          hedge,
          resume,
          failures,
          fastWithin,
          maxDuration,
          requires);
    }
  }
}
