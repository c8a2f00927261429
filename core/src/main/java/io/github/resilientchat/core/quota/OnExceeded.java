package io.github.resilientchat.core.quota;

import java.time.Duration;

/** What becomes of a call that its caller's limits do not let pass now. */
public sealed interface OnExceeded {

  /** It is refused at once. */
  enum Reject implements OnExceeded {
    INSTANCE
  }

  /**
   * It waits in line, first come, first served, within the call's own time limit.
   *
   * @param atMost how long; a call that would have to wait longer is refused at once
   */
  record Wait(Duration atMost) implements OnExceeded {

    public Wait {
      if (atMost.isZero() || atMost.isNegative()) {
        throw new IllegalArgumentException("a wait must be positive: " + atMost);
      }
    }
  }

  /**
   * It goes over another route, usually of a cheaper model, if the limits that hold there let it
   * pass; a plan for that route gives it limits of its own.
   *
   * @param route the route's name
   */
  record Degrade(String route) implements OnExceeded {}

  /**
   * Reads {@code reject}, {@code wait} or {@code route:<name>}.
   *
   * @param maxWait how long {@code wait} waits
   * @throws IllegalArgumentException if the text is none of them; the message says what may be
   *     written
   */
  static OnExceeded parse(String text, Duration maxWait) {
    String word = text.strip();
    if (word.equals("reject")) {
      return Reject.INSTANCE;
    }
    if (word.equals("wait")) {
      return new Wait(maxWait);
    }
    if (word.startsWith("route:") && word.length() > "route:".length()) {
      return new Degrade(word.substring("route:".length()));
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no answer to a limit; write reject, wait or route:<name>");
  }
}
