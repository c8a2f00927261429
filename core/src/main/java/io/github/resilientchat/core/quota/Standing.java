package io.github.resilientchat.core.quota;

/**
 * How a caller stands with a limit.
 *
 * @param plan the plan that the limit belongs to
 * @param used what counts now, reserved or used, in the limit's unit; more than the limit when
 *     there is a debt
 */
public record Standing(Scope scope, String plan, Limit limit, long used) {

  /** What is left; negative while in debt. */
  public long left() {
    return limit.amount() - used;
  }
}
