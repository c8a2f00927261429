package io.github.resilientchat.simulator;

import java.util.Set;

/**
 * A foundation model.
 *
 * @param burndown quota tokens that one output token costs
 * @param maxTokens output limit, reserved when a request sets none
 * @param onDemand whether the bare id may be called
 * @param lacks what it cannot be sent, in the words of {@code catalogue.json}
 */
record Model(String id, int burndown, int maxTokens, boolean onDemand, Set<String> lacks) {

  Model {
    lacks = Set.copyOf(lacks);
  }

  /** Whether it speaks to InvokeModel as Anthropic's models do, and signs its reasoning. */
  boolean isClaude() {
    return id.startsWith("anthropic.");
  }
}
