package io.github.resilientchat.core.quota;

import java.time.Duration;

/** What a caller's quotas say to a call. */
public sealed interface Admission {

  /**
   * The call may go on; its reservation is ended exactly once by the engine.
   *
   * @param reservation what to end
   */
  record Granted(Reservation reservation) implements Admission {}

  /** The call may go on and counts against nothing. */
  enum Unlimited implements Admission {
    INSTANCE
  }

  /** Nobody said whom the call is for, and anonymous calls are not allowed. */
  enum NoCaller implements Admission {
    INSTANCE
  }

  /**
   * A limit is used up.
   *
   * @param plan the plan that the limit belongs to
   * @param limit as configured
   * @param retryAfter exactly how long until this call would fit, if nothing else comes first
   */
  record Refused(String plan, String limit, Duration retryAfter) implements Admission {}
}
