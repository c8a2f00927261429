package io.github.resilientchat.core.failure;

/**
 * What happened to an attempt that failed. What follows from it, for the call, the target and what
 * the target shares with others, is decided in one place: {@link Consequences}.
 */
public enum FailureKind {
  /** A per-minute quota or rate refused; the quota refills within seconds. */
  THROTTLED,
  /** A daily or hard quota is used up; another model of the account and Region does not help. */
  QUOTA_EXHAUSTED,
  /** The model is being loaded. */
  NOT_READY,
  /** The service says that it has no capacity left for the model now. */
  NO_CAPACITY,
  /** The connection was lost while the attempt was under way; what else was on it is lost too. */
  DISCONNECTED,
  /** The service or the way to it is down, or somebody on the way answered in its place. */
  UNAVAILABLE,
  /** No answer, no first token, or no further token in time. */
  TIMED_OUT,
  /** The model failed, its answer cannot be read, or its stream ended without a finish. */
  MODEL_FAILED,
  /**
   * Credentials could not be had, or were not accepted for a reason that often passes: an expired
   * token, a rotated key, a clock that is off.
   */
  UNAUTHENTICATED,
  /** The service knows who asks, and does not permit it. */
  NOT_PERMITTED,
  /** The service does not know what the target names. */
  MISCONFIGURED,
  /** The target cannot do what this request asks for; another one may. */
  UNSUPPORTED,
  /**
   * This application is short of something: threads, connections, memory. Says nothing about the
   * target.
   */
  LOCAL_SHORTAGE,
  /** The prompt does not fit the model's context window. */
  TOO_LONG,
  /** The request itself is wrong, and would be everywhere. */
  REJECTED,
  /** A guardrail or content filter withheld the answer. */
  FILTERED,
  /** The caller went away, or this application closes. */
  CANCELLED;

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
