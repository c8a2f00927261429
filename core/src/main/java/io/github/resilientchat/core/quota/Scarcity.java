package io.github.resilientchat.core.quota;

/** How much of their limits a route's targets have left. Thread-safe. */
@FunctionalInterface
public interface Scarcity {

  /** There is always enough. */
  Scarcity NEVER = enough -> 1;

  /**
   * The share of its tightest limit, from 0 to 1, of the target that has most left; a target that
   * rests has nothing.
   *
   * @param enough who asks needs no more: any answer of so much will do
   */
  double left(double enough);
}
