package io.github.resilientchat.core.failure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A classified failure: what happened, with nothing of the request in it. What follows is for
 * {@link Consequences} to say.
 *
 * @param kind what happened
 * @param code the provider's error code, or the exception's simple name; safe to show
 * @param names the domain that the provider's answer itself names, as a denial of one model does;
 *     null when it names none
 * @param retryAfter when to come back, in the provider's own word; at most a year, and a negative
 *     one is none
 * @param advice a fixed sentence for whoever runs the application, never the provider's words; null
 *     for none
 */
public record Failure(
    FailureKind kind,
    String code,
    @Nullable FailureDomain names,
    @Nullable Duration retryAfter,
    @Nullable String advice) {

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

  /** A failure of which nothing more is known. */
  public static Failure of(FailureKind kind, String code) {
    return new Failure(kind, code, null, null, null);
  }

  /** The same failure, whose answer names what it is about. */
  public Failure naming(FailureDomain domain) {
    return new Failure(kind, code, domain, retryAfter, advice);
  }

  /** The same failure with the provider's own word on when to come back. */
  public Failure retryAfter(@Nullable Duration wait) {
    return new Failure(kind, code, names, wait, advice);
  }

  /** The same failure with a fixed sentence on what to do about it. */
  public Failure advice(String sentence) {
    return new Failure(kind, code, names, retryAfter, sentence);
  }

  /** Kind and code, for messages. */
  @Override
  public String toString() {
    return kind + " (" + code + ")";
  }
}
