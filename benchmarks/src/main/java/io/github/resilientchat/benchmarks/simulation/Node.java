package io.github.resilientchat.benchmarks.simulation;

/** A router: takes calls and brings each to an end. */
interface Node {

  void take(Request request);

  /** Called when nothing is under way any more. */
  default void close() {}
}
