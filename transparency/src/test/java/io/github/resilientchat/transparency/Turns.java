package io.github.resilientchat.transparency;

import java.util.concurrent.TimeUnit;

/** Waits in many short turns in place of a long one: a machine that stands still takes one only. */
final class Turns {

  private static final long TURN_MS = 20;

  /** Waits for an end, so long at most. */
  interface Wait {
    boolean await(long time, TimeUnit unit) throws InterruptedException;
  }

  private Turns() {}

  /** Whether the end came while turns of this length in all went by. */
  static boolean until(Wait end, long millis) throws InterruptedException {
    for (long turn = 0; turn < millis; turn += TURN_MS) {
      if (end.await(TURN_MS, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }
}
