package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.quota.Admission;

/**
 * What a transition says comes next; the rest of it happens outside the call's lock. An attempt, a
 * pause or a question is the driver's next step.
 */
sealed interface Verdict
    permits Try,
        Waiting,
        Awaiting,
        Verdict.Nothing,
        Verdict.Choose,
        Verdict.Own,
        Verdict.Refused,
        Verdict.Interrupted,
        Verdict.NoTarget,
        Verdict.TimedOut {

  /** The call is over, or goes on elsewhere. */
  enum Nothing implements Verdict {
    HERE
  }

  /** A choice is to be made, and to come back as a signal. */
  record Choose(Search search) implements Verdict {

    static final Choose ANY = new Choose(Search.ANY);
  }

  /** The call has ended with this error as it is. */
  record Own(Throwable error) implements Verdict {}

  /** The caller's quota said no. */
  record Refused(Admission admission) implements Verdict {}

  /** A stream has broken after content. */
  record Interrupted(Try attempt, boolean retryable, Throwable error) implements Verdict {}

  /** Nobody is left to ask. */
  record NoTarget(String why) implements Verdict {}

  /** The time is up. */
  enum TimedOut implements Verdict {
    NOW
  }
}
