package io.github.resilientchat.benchmarks.chaos;

import io.github.resilientchat.benchmarks.rig.Voices;
import java.time.Duration;

/** How long everything lasts; the same for the plain models and for the decorated ones. */
final class Timing {

  /**
   * Of the first account. Those that break are faster than those that stay well, and so preferred.
   */
  static final Duration UNTIL_FIRST_WORD = Duration.ofMillis(500);

  private static final Duration SLOWER_EACH = Duration.ofMillis(200);

  /** None, as nobody can move a stream whose content was shown. */
  static final Duration BETWEEN_WORDS = Duration.ZERO;

  /** A whole call, whoever makes it. What comes later is no answer. */
  static final Duration TOTAL = Duration.ofSeconds(12);

  /** One attempt, where another target could answer; a lone target's attempt may take the total. */
  static final Duration ATTEMPT = Duration.ofSeconds(3);

  /** Connections are open and every target is known before anything is measured. */
  static final Duration BEFORE = Duration.ofSeconds(3);

  static final Duration FAULT = Duration.ofSeconds(8);

  /** How soon a recovered target has to answer. */
  static final Duration RETURN = Duration.ofSeconds(15);

  /** Callers go on for so long at least when all targets are back. */
  static final Duration AFTER = Duration.ofSeconds(5);

  /** What is left is counted so long after the last call should have ended. */
  static final Duration QUIET = Duration.ofSeconds(10);

  /** Clocks, queues and a busy machine. */
  static final Duration SLACK = Duration.ofSeconds(1);

  /**
   * Between a caller's clock and that of a timeout. An answer that took longer than the total was
   * asked for after it: some plain models begin again when their time is up.
   */
  static final Duration CLOCKS = Duration.ofMillis(100);

  private Timing() {}

  static Duration slowerThanFirst(String account) {
    return SLOWER_EACH.multipliedBy(Voices.ACCOUNTS.indexOf(account));
  }
}
