package io.github.resilientchat.benchmarks.chaos;

/**
 * When what happened, in nanoseconds.
 *
 * @param begun from here calls count
 * @param struck the fault begins
 * @param healed the fault is taken away
 * @param over from here nothing is broken: a single loss is over as soon as it struck
 * @param stopped nobody calls any more
 */
record Times(long begun, long struck, long healed, long over, long stopped) {}
