package io.github.resilientchat.core.failure;

import java.time.Duration;

/**
 * What follows from a failed attempt.
 *
 * @param next where the call goes
 * @param rests what is kept from calls for a while; {@link FailureDomain#NONE} for nothing
 * @param rest for how long at first
 * @param grows whether the rest doubles while it keeps failing, and is spread: not where the
 *     provider said how long
 * @param firm whether nobody is let in before its end, not even when nothing else is left: so with
 *     quotas and where the provider said how long
 * @param breaker whether the target's circuit breaker counts it
 * @param counted whether it uses up one of the call's attempts: refusals at once do not
 */
public record Consequence(
    Next next,
    FailureDomain rests,
    Duration rest,
    boolean grows,
    boolean firm,
    boolean breaker,
    boolean counted) {

  /** Where a call goes after a failure. */
  public enum Next {
    /** The same target at once, whatever the retry settings are. */
    SAME_AT_ONCE,
    /** The same target after a backoff. */
    SAME_AFTER_PAUSE,
    /** Another target; this one is not tried again. */
    ANOTHER,
    /** Another target; if none lets in, the same one after a backoff. */
    ANOTHER_ELSE_SAME,
    /** Another target; if none is left, the caller with the error as it is. */
    ANOTHER_ELSE_CALLER,
    /** Only targets with a larger context window, else the caller with the error as it is. */
    LARGER_CONTEXT,
    /** The caller, at once, with the error as it is. */
    CALLER
  }

  /** Whether it says something about the target, and not only about its quota or this request. */
  public boolean blamesTarget() {
    return breaker || rests != FailureDomain.NONE && rests != FailureDomain.QUOTA_KEY;
  }

  /** Whether a quota rests, which comes back by itself. */
  public boolean restsQuota() {
    return rests == FailureDomain.QUOTA_KEY;
  }
}
