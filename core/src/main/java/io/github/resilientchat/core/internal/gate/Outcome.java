package io.github.resilientchat.core.internal.gate;

import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended, as gates need to know it.
 *
 * @param ending the kind of ending
 * @param failure what went wrong, when it failed
 * @param usage real usage, when the target answered and said it
 * @param keepsTokens whether reserved tokens stay charged when usage is unknown
 * @param elapsedNanos from entry to the end, for streams to the first content
 */
public record Outcome(
    Ending ending,
    @Nullable Failure failure,
    @Nullable Usage usage,
    boolean keepsTokens,
    long elapsedNanos) {

  /** The attempt never started: a later gate refused. */
  public static final Outcome NOT_USED = new Outcome(Ending.NOT_USED, null, null, false, 0);

  /** How an attempt ended. */
  public enum Ending {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    NOT_USED
  }
}
