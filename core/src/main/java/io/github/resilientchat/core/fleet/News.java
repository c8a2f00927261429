package io.github.resilientchat.core.fleet;

import java.time.Duration;

/** Something about targets that all instances should know. Names no caller. */
public sealed interface News {

  /**
   * A failure domain rests: a quota, a Region's model, an account.
   *
   * @param domain its name, the same in all instances
   * @param left how long, from now
   * @param firm whether nobody is to be let in before its end
   */
  record Rests(String domain, Duration left, boolean firm) implements News {}

  /** A domain that rested has answered, or somebody has ended its rest. */
  record Works(String domain) implements News {}

  /** Somebody took a part of the targets out. */
  record Drained(String part) implements News {}

  /** Somebody let it in again. */
  record Undrained(String part) implements News {}
}
