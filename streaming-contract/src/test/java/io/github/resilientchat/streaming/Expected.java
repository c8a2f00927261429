package io.github.resilientchat.streaming;

import java.util.List;

/**
 * How a call must end, and whom it asks for that.
 *
 * @param accounts one for each HTTP exchange
 */
record Expected(Ending ending, List<String> accounts) {

  /** What the caller is told at the end. */
  enum Ending {
    /** A whole answer of the last account. */
    ANSWERED,
    /** What was received until it broke. */
    INTERRUPTED,
    /** Answered whole by green as long as nothing of blue was heard, else interrupted. */
    ANSWERED_OR_INTERRUPTED,
    /** Nobody answered. */
    NO_TARGET,
    /** Nobody answered in the time that the call had. */
    TIMED_OUT,
    /** The caller left: a stream says nothing more, a blocking call throws. */
    CANCELLED,
    /** The caller was gone before it began, as the error says. */
    ABANDONED,
    /** The caller's own exception, which for Reactor is leaving. */
    CALLERS_OWN
  }

  static Expected answered(String... accounts) {
    return new Expected(Ending.ANSWERED, List.of(accounts));
  }

  static Expected interrupted() {
    return new Expected(Ending.INTERRUPTED, List.of(Words.BLUE));
  }

  static Expected noTarget(String... accounts) {
    return new Expected(Ending.NO_TARGET, List.of(accounts));
  }

  static Expected timedOut(String... accounts) {
    return new Expected(Ending.TIMED_OUT, List.of(accounts));
  }

  static Expected cancelled(String... accounts) {
    return new Expected(Ending.CANCELLED, List.of(accounts));
  }

  static Expected abandoned() {
    return new Expected(Ending.ABANDONED, List.of());
  }

  static Expected callersOwn() {
    return new Expected(Ending.CALLERS_OWN, List.of(Words.BLUE));
  }

  static Expected movedUnlessHeard() {
    return new Expected(Ending.ANSWERED_OR_INTERRUPTED, List.of(Words.BLUE, Words.GREEN));
  }

  /** The same, decided by what was heard. */
  Expected given(Transcript heard) {
    if (ending != Ending.ANSWERED_OR_INTERRUPTED) {
      return this;
    }
    boolean blue = heard.contents.stream().anyMatch(content -> content.contains(Words.BLUE));
    return blue ? interrupted() : answered(Words.BLUE, Words.GREEN);
  }
}
