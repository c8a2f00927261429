package io.github.resilientchat.benchmarks.simulation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What a run is for.
 *
 * @param seconds length of the run
 * @param hurried share of the calls that have a time limit of their own
 * @param leaving share of the callers who go away
 * @param repeated share of the signals that are given twice
 * @param maxWait how long calls may wait for a target
 * @param bookkeeping whether targets get limits by which their books can be checked
 */
record Rigour(
    double seconds,
    double hurried,
    double leaving,
    double repeated,
    Duration maxWait,
    boolean bookkeeping) {

  /** Long enough for figures, with the engine's defaults and patient callers. */
  static final Rigour FIGURES = new Rigour(900, 0, 0, 0, Duration.ZERO, false);

  /** Short and nasty, to break invariants. */
  static final Rigour INVARIANTS = new Rigour(60, 0.2, 0.04, 0.05, Duration.ofSeconds(3), true);

  boolean isHurried(RandomGenerator random) {
    return random.nextDouble() < hurried;
  }

  boolean isRepeated(RandomGenerator random) {
    return random.nextDouble() < repeated;
  }

  double leavesAfter(RandomGenerator random) {
    return random.nextDouble() < leaving ? 10 * random.nextDouble() : Double.POSITIVE_INFINITY;
  }
}
