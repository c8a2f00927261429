package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.quota.Admission;

/** What a transition says comes next; the rest of it happens outside the call's lock. */
sealed interface Verdict {

  /** The call is over, or goes on elsewhere. */
  enum Nothing implements Verdict {
    HERE
  }

  /** The driver's next step. */
  record Go(Step step) implements Verdict {}

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
