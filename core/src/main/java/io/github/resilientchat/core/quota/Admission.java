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

  /** A limit does not let the call pass. */
  sealed interface Full extends Admission {

    Scope scope();

    /** The plan that the limit belongs to. */
    String plan();

    /** As configured. */
    String limit();
  }

  /**
   * A limit is used up.
   *
   * @param retryAfter exactly how long until this call would fit, if nothing else comes first
   */
  record Refused(Scope scope, String plan, String limit, Duration retryAfter) implements Full {

    /** A user's limit is used up. */
    public Refused(String plan, String limit, Duration retryAfter) {
      this(Scope.USER, plan, limit, retryAfter);
    }
  }

  /** The call is larger than the limit, or the limit is 0: coming back later does not help. */
  record NeverFits(Scope scope, String plan, String limit) implements Full {}

  /**
   * The call has a place in line. The engine waits and asks again, or leaves the line: exactly one
   * of both.
   *
   * @param why what to tell a caller who cannot wait so long
   * @param delay when to ask again
   */
  record Later(Refused why, Duration delay, Turn turn) implements Admission {}

  /**
   * Somebody elsewhere decides. The engine waits for the answer without a thread, or leaves the
   * question: exactly one of both.
   */
  record Asked(Question question) implements Admission {}

  /** A place in line. Thread-safe. */
  interface Turn {

    /** The answer after the delay, which may be another delay. */
    Admission again();

    /** Nobody waits here any more. May be said twice. */
    void leave();
  }

  /**
   * The caller's plan sends the call over another route instead, whose quotas are asked next.
   *
   * @param why what to tell if there is no such route
   */
  record Elsewhere(String route, Full why) implements Admission {}
}
