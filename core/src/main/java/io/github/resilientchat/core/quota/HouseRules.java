package io.github.resilientchat.core.quota;

import io.github.resilientchat.core.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all callers, whatever plan they are on.
 *
 * @param anonymousAllowed whether calls that name no user may be made
 * @param onExceeded what becomes of calls that do not fit, where their plan does not say
 * @param weights how much tokens count
 */
record HouseRules(boolean anonymousAllowed, OnExceeded onExceeded, TokenWeights weights) {

  /** Whether this caller may call at all. */
  boolean admits(Caller caller) {
    return anonymousAllowed || !caller.isAnonymous();
  }

  /** What becomes of a call on this plan that does not fit. */
  OnExceeded onExceeded(@Nullable Plan plan) {
    @Nullable OnExceeded own = plan == null ? null : plan.onExceeded();
    return own == null ? onExceeded : own;
  }
}
