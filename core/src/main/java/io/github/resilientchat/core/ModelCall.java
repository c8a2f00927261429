package io.github.resilientchat.core;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the caller asks of the engine. Carries no prompt.
 *
 * @param caller whose quotas the call counts against
 * @param estimate tokens to reserve
 * @param needs what a target must be able to do
 * @param timeLimit the most time the whole call may take, or null for the route's timeout
 * @param streaming whether the answer arrives as a stream, which has a first token to wait for
 * @param terms what the request asks of the way
 * @param prefix equal for calls whose prompts begin alike, which a prompt cache holds once; 0 when
 *     it is not known
 */
public record ModelCall(
    Caller caller,
    TokenEstimate estimate,
    Set<Capability> needs,
    @Nullable Duration timeLimit,
    boolean streaming,
    RequestTerms terms,
    int prefix) {

  /** A call whose request asks nothing of the way. */
  public ModelCall(
      Caller caller,
      TokenEstimate estimate,
      Set<Capability> needs,
      @Nullable Duration timeLimit,
      boolean streaming) {
    this(caller, estimate, needs, timeLimit, streaming, RequestTerms.NONE, 0);
  }

  public ModelCall {
    needs = Set.copyOf(needs);
    if (timeLimit != null && (timeLimit.isZero() || timeLimit.isNegative())) {
      throw new IllegalArgumentException("time limit must be positive: " + timeLimit);
    }
  }

  /** A call that waits for the whole answer. */
  public static ModelCall blocking(Caller caller, TokenEstimate estimate) {
    return new ModelCall(caller, estimate, Set.of(), null, false);
  }

  /** A call whose answer is streamed. */
  public static ModelCall streaming(Caller caller, TokenEstimate estimate) {
    return new ModelCall(caller, estimate, Set.of(), null, true);
  }

  /** The same call, served only by targets that can do all of this. */
  public ModelCall needing(Set<Capability> capabilities) {
    return new ModelCall(caller, estimate, capabilities, timeLimit, streaming, terms, prefix);
  }

  /** The same call with its own time limit. */
  public ModelCall within(@Nullable Duration limit) {
    return new ModelCall(caller, estimate, needs, limit, streaming, terms, prefix);
  }

  /** The same call on other terms. */
  public ModelCall on(RequestTerms asked) {
    return new ModelCall(caller, estimate, needs, timeLimit, streaming, asked, prefix);
  }

  /** The same call, whose prompt begins as those of the same number do. */
  public ModelCall beginning(int alike) {
    return new ModelCall(caller, estimate, needs, timeLimit, streaming, terms, alike);
  }
}
