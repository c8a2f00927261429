package io.github.resilientchat.benchmarks.simulation;

import java.util.Locale;

/** An invariant does not hold. */
final class Broken extends AssertionError {

  private static final long serialVersionUID = 1L;

  private Broken(String message) {
    super(message);
  }

  static void unless(boolean holds, VirtualTime time, String invariant, Object detail) {
    if (!holds) {
      throw new Broken(
          String.format(Locale.ROOT, "at %.3f s: %s: %s", time.seconds(), invariant, detail));
    }
  }
}
