package io.github.resilientchat.simulator;

/**
 * A foundation model.
 *
 * @param burndown quota tokens that one output token costs
 * @param maxTokens output limit, reserved when a request sets none
 * @param onDemand whether the bare id may be called
 */
record Model(String id, int burndown, int maxTokens, boolean onDemand) {}
