package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.failure.Consequence;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended, as gates need to know it.
 *
 * @param ending the kind of ending
 * @param then what follows, when it failed
 * @param usage real usage, when the target answered and said it
 * @param keepsTokens whether reserved tokens stay charged when usage is unknown
 * @param elapsedNanos from entry to the end, for streams to the first content
 */
public record Outcome(
    Ending ending,
    @Nullable Consequence then,
    @Nullable Usage usage,
    boolean keepsTokens,
    long elapsedNanos) {

  /** The attempt never started: a later gate refused. */
  public static final Outcome NOT_USED = new Outcome(Ending.NOT_USED, null, null, false, 0);

  /** Whether a circuit breaker counts it as a failure. */
  public boolean breakerFailure() {
    return then != null && then.breaker();
  }

  /** How an attempt ended. */
  public enum Ending {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    NOT_USED
  }
}
