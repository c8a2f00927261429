package io.github.resilientchat.benchmarks.chaos;

/** A model as its callers use it. */
@FunctionalInterface
interface Asking {

  /** Answers or throws before it returns when it blocks. */
  void ask(Asked asked);
}
