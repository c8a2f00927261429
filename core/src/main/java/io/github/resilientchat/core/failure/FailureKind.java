package io.github.resilientchat.core.failure;

import static io.github.resilientchat.core.failure.FailureDomain.ACCOUNT;
import static io.github.resilientchat.core.failure.FailureDomain.ACCOUNT_REGION;
import static io.github.resilientchat.core.failure.FailureDomain.NONE;
import static io.github.resilientchat.core.failure.FailureDomain.QUOTA_KEY;
import static io.github.resilientchat.core.failure.FailureDomain.TARGET;

import java.time.Duration;

/**
 * What a failed attempt means for the call, the target and the reservation. The constants carry the
 * failure table of {@code docs/design.md}.
 */
public enum FailureKind {
  /** A per-minute quota or rate refused; the quota refills within seconds. */
  THROTTLED(Next.ANOTHER_TARGET, QUOTA_KEY, Duration.ofSeconds(2), Health.SAYS_NOTHING),
  /**
   * A daily or hard quota is used up; another model of the same account and Region does not help.
   */
  QUOTA_EXHAUSTED(Next.ANOTHER_TARGET, ACCOUNT_REGION, Duration.ofMinutes(15), Health.SAYS_NOTHING),
  /** The model is being loaded. */
  NOT_READY(Next.SAME_TARGET, NONE, Duration.ZERO, Health.SAYS_NOTHING),
  /** The service says that it has no capacity left for the model now. */
  NO_CAPACITY(Next.ANOTHER_TARGET, TARGET, Duration.ofSeconds(1), Health.SAYS_NOTHING),
  /** The connection was lost while the attempt was under way; what else was on it is lost too. */
  DISCONNECTED(Next.ANOTHER_TARGET, NONE, Duration.ZERO, Health.BREAKER_FAILURE),
  /** The service or the way to it is down, or somebody on the way answered in its place. */
  UNAVAILABLE(Next.ANOTHER_TARGET, NONE, Duration.ofSeconds(5), Health.BREAKER_FAILURE),
  /** No answer, no first token, or no further token in time. */
  TIMED_OUT(Next.ANOTHER_TARGET, NONE, Duration.ZERO, Health.BREAKER_FAILURE),
  /** The model failed, or its stream ended without a finish. */
  MODEL_FAILED(Next.ANOTHER_TARGET, NONE, Duration.ZERO, Health.BREAKER_FAILURE),
  /**
   * Credentials could not be had, or were not accepted for a reason that often passes: an expired
   * token, a rotated key, a clock that is off.
   */
  UNAUTHENTICATED(Next.ANOTHER_TARGET, ACCOUNT, Duration.ofSeconds(1), Health.SAYS_NOTHING),
  /** The service knows who asks, and does not permit it. */
  NOT_PERMITTED(Next.ANOTHER_TARGET, ACCOUNT, Duration.ofMinutes(5), Health.SAYS_NOTHING),
  /** The target is set up wrongly and stays out until the configuration changes. */
  MISCONFIGURED(Next.ANOTHER_TARGET, TARGET, Duration.ofDays(3650), Health.SAYS_NOTHING),
  /** The target cannot do what this request asks for; another one may. */
  UNSUPPORTED(Next.ANOTHER_TARGET, NONE, Duration.ZERO, Health.SAYS_NOTHING),
  /**
   * This application is short of something: threads, connections, memory. Says nothing about the
   * target.
   */
  LOCAL_SHORTAGE(Next.ANOTHER_TARGET, NONE, Duration.ZERO, Health.SAYS_NOTHING),
  /** The prompt does not fit the model's context window. */
  TOO_LONG(Next.LARGER_CONTEXT, NONE, Duration.ZERO, Health.SAYS_NOTHING),
  /** The request itself is wrong, and would be everywhere. */
  REJECTED(Next.CALLER, NONE, Duration.ZERO, Health.SAYS_NOTHING),
  /** A guardrail or content filter withheld the answer. */
  FILTERED(Next.CALLER, NONE, Duration.ZERO, Health.SAYS_NOTHING),
  /** The caller went away. */
  CANCELLED(Next.CALLER, NONE, Duration.ZERO, Health.SAYS_NOTHING);

  /** Who is next after a failure. */
  public enum Next {
    /** Another target; the same one is not tried again. */
    ANOTHER_TARGET,
    /** The same target after a short backoff, then another one. */
    SAME_TARGET,
    /** Only targets with a larger context window, else the caller. */
    LARGER_CONTEXT,
    /** The caller, at once, with the error as it is. */
    CALLER
  }

  /** What a failure says about a target's health. */
  enum Health {
    SAYS_NOTHING,
    BREAKER_FAILURE
  }

  private final Next next;
  private final FailureDomain cools;
  private final Duration coolDown;
  private final Health health;

  FailureKind(Next next, FailureDomain cools, Duration coolDown, Health health) {
    this.next = next;
    this.cools = cools;
    this.coolDown = coolDown;
    this.health = health;
  }

  public Next next() {
    return next;
  }

  /** The domain that cools down unless the failure says otherwise. */
  public FailureDomain cools() {
    return cools;
  }

  /** The first cool-down when the failure names none; doubles on repetition. */
  public Duration coolDown() {
    return coolDown;
  }

  public boolean breakerFailure() {
    return health == Health.BREAKER_FAILURE;
  }

  /**
   * Whether the tokens reserved for an attempt that failed before its first content stay charged:
   * the model may have worked although no answer arrived. Refused requests get everything back.
   */
  public boolean keepsReservation() {
    return this == TIMED_OUT || this == CANCELLED;
  }

  /** Whether somebody should look at it: it does not heal by itself. */
  public boolean needsAttention() {
    return this == NOT_PERMITTED
        || this == UNAUTHENTICATED
        || this == MISCONFIGURED
        || this == QUOTA_EXHAUSTED;
  }
}
