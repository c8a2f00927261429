package io.github.resilientchat.streaming;

import io.github.resilientchat.simulator.Invocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a call must end, whom it asks for that, and what it costs.
 *
 * @param exchanges every HTTP exchange, in the order in which they begin
 * @param words how many were heard before the stream broke, or {@link #ANY}
 * @param restarts how often the caller was told to discard what it heard
 * @param mayLose why the last words before a break may never arrive, so that a call may even move
 *     on as if they had not been sent; null when all must arrive
 */
record Expected(
    Ending ending,
    List<Seen> exchanges,
    int words,
    Charge charge,
    int restarts,
    @Nullable String mayLose) {

  static final int ANY = -1;

  /** What the caller is told at the end. */
  enum Ending {
    /** A whole answer of one account. */
    ANSWERED,
    /** What was received until it broke. */
    INTERRUPTED,
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

  /** What is left on the caller's account. */
  enum Charge {
    /** The tokens that Bedrock's metadata named. */
    USED,
    /** The prompt, and what was received as far as its length tells. */
    RECEIVED,
    /** All that was reserved: the model may have worked, but nothing was received. */
    RESERVED,
    NOTHING
  }

  static Expected answered(Seen... exchanges) {
    return of(Ending.ANSWERED, Charge.USED, exchanges);
  }

  static Expected interrupted(int words, Seen... exchanges) {
    return new Expected(Ending.INTERRUPTED, List.of(exchanges), words, Charge.RECEIVED, 0, null);
  }

  static Expected noTarget(Seen... exchanges) {
    return of(Ending.NO_TARGET, Charge.NOTHING, exchanges);
  }

  static Expected timedOut(Charge charge, Seen... exchanges) {
    return of(Ending.TIMED_OUT, charge, exchanges);
  }

  static Expected cancelled(Charge charge, Seen... exchanges) {
    return of(Ending.CANCELLED, charge, exchanges);
  }

  static Expected abandoned() {
    return of(Ending.ABANDONED, Charge.NOTHING);
  }

  static Expected callersOwn(Seen... exchanges) {
    return of(Ending.CALLERS_OWN, Charge.RECEIVED, exchanges);
  }

  private static Expected of(Ending ending, Charge charge, Seen... exchanges) {
    return new Expected(ending, List.of(exchanges), ANY, charge, 0, null);
  }

  Expected charged(Charge value) {
    return new Expected(ending, exchanges, words, value, restarts, mayLose);
  }

  /** After the caller was told once to discard what it heard. */
  Expected afterRestart() {
    return new Expected(ending, exchanges, words, charge, 1, mayLose);
  }

  Expected mayLose(String why) {
    return new Expected(ending, exchanges, words, charge, restarts, why);
  }

  /** Whether the words of an interrupted call may have been lost altogether. */
  boolean mayMove() {
    return mayLose != null && ending == Ending.INTERRUPTED && restarts == 0;
  }

  /** Who gives the answer: whoever was not broken, unless everybody was. */
  String answering() {
    return exchanges.stream()
        .filter(seen -> seen.outcome() == Invocation.Outcome.SERVED)
        .findFirst()
        .orElse(exchanges.get(0))
        .account();
  }
}
