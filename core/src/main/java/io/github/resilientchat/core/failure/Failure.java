package io.github.resilientchat.core.failure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A classified failure: data for the engine's decision, with nothing of the request in it.
 *
 * @param kind what it means
 * @param code the provider's error code, or the exception's simple name; safe to show
 * @param cools the domain that cools down
 * @param retryAfter how long, when the provider says so; at most a year, and a negative one is none
 * @param breakerFailure whether the target's circuit breaker counts it
 * @param advice what the operator should do about it, a fixed sentence, or null where nothing is to
 *     do
 * @param sameTargetRetries how often the same target is worth another try before the next one
 */
public record Failure(
    FailureKind kind,
    String code,
    FailureDomain cools,
    @Nullable Duration retryAfter,
    @Nullable String advice,
    boolean breakerFailure,
    int sameTargetRetries) {

  private static final Duration LONGEST = Duration.ofDays(365);

  public Failure {
    if (retryAfter != null) {
      // A provider's word, and no reason to fail on it.
      retryAfter = retryAfter.isNegative() ? null : retryAfter;
    }
    if (retryAfter != null && retryAfter.compareTo(LONGEST) > 0) {
      retryAfter = LONGEST;
    }
  }

  /** A failure with everything that the kind implies. */
  public static Failure of(FailureKind kind, String code) {
    int retries = kind.next() == FailureKind.Next.SAME_TARGET ? 2 : 0;
    return new Failure(kind, code, kind.cools(), null, null, kind.breakerFailure(), retries);
  }

  /** The same failure, cooling another domain instead of counting against the target's breaker. */
  public Failure cooling(FailureDomain domain) {
    return new Failure(kind, code, domain, retryAfter, advice, false, sameTargetRetries);
  }

  /** The same failure with the provider's own word on when to come back. */
  public Failure retryAfter(@Nullable Duration wait) {
    return new Failure(kind, code, cools, wait, advice, breakerFailure, sameTargetRetries);
  }

  /** The same failure with a fixed sentence for the operator; never the provider's text. */
  public Failure advice(@Nullable String sentence) {
    return new Failure(kind, code, cools, retryAfter, sentence, breakerFailure, sameTargetRetries);
  }

  /** The same failure, worth this many more tries at the same target, each after a backoff. */
  public Failure sameTargetRetries(int retries) {
    return new Failure(kind, code, cools, retryAfter, advice, breakerFailure, retries);
  }

  /** Whether it rests a quota, which comes back by itself. */
  public boolean coolsQuota() {
    return cools == FailureDomain.QUOTA_KEY;
  }

  /** Kind and code, for messages. */
  @Override
  public String toString() {
    return kind + " (" + code + ")";
  }
}
