package io.github.resilientchat.benchmarks.simulation;

/** Chance that belongs to a request and not to the order of events, so that strategies compare. */
final class Noise {

  private Noise() {}

  /** Uniform from 0 to 1, by the finaliser of SplitMix64 (Steele et al., 2014). */
  static double uniform(long seed, int turn) {
    long z = seed + 0x9E3779B97F4A7C15L * (turn + 1);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }
}
