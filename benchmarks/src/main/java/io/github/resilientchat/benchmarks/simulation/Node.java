package io.github.resilientchat.benchmarks.simulation;

/** A router: takes calls and brings each to an end. */
interface Node {

  void take(Request request);

  /** A deployment is itself again. */
  default void recovered(Deployment deployment) {}

  /** Asked when nothing is under way any more and the limits of a minute have refilled. */
  default void audit() {}

  /** Asked when the limits of a day have refilled too. */
  default void auditSlots() {}
}
