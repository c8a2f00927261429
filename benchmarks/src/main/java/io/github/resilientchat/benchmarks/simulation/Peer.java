package io.github.resilientchat.benchmarks.simulation;

/** How somebody else's router chooses. Targets are indexes of {@link Deployment#FLEET}. */
interface Peer {

  /** Nothing is left to try. */
  int NONE = -1;

  /**
   * The target of the next try.
   *
   * @param tried bits of the targets that this call has tried
   */
  int pick(int tried, long now);

  default void began(int target, long now) {}

  /**
   * A try ended.
   *
   * @param status HTTP status; 200 for an answer
   */
  default void ended(int target, int status, long elapsed, long now) {}
}
