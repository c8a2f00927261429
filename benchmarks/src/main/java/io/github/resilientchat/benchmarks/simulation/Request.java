package io.github.resilientchat.benchmarks.simulation;

import io.github.resilientchat.core.ModelCall;

/**
 * One call, the same for every strategy of a seed.
 *
 * @param number counts the run's calls from 0
 * @param node which router gets it
 * @param input tokens that the server counts
 * @param output tokens of the answer
 * @param call as the engine is asked; its estimate of the input is a little off
 * @param noise seeds what chance adds on the way
 * @param leavesAfter seconds until the caller goes away; infinite for most
 * @param repeated whether every signal of the call is given twice
 */
record Request(
    int number,
    int node,
    int input,
    int output,
    ModelCall call,
    long noise,
    double leavesAfter,
    boolean repeated) {

  int maxOutput() {
    return (int) call.estimate().maxOutput();
  }

  long reservedTokens() {
    return (long) input + maxOutput();
  }

  long usedTokens() {
    return (long) input + output;
  }

  boolean streaming() {
    return call.streaming();
  }
}
