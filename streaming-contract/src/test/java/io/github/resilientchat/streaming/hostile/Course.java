package io.github.resilientchat.streaming.hostile;

import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;

/** What has to happen in a call for an extension to be asked. */
enum Course {
  ANSWERED,
  /** The first target fails, the next one answers. */
  MOVED,
  /** The first target refuses the request, which is the end. */
  REFUSED,
  /** The model asks for a tool. */
  TOOL;

  void prepare(BedrockSimulator bedrock) {
    if (this == MOVED) {
      bedrock.fault(
          Fault.httpError(424, "ModelErrorException", "injected").account(Targets.BLUE).times(1));
    } else if (this == REFUSED) {
      bedrock.fault(
          Fault.httpError(400, "ValidationException", "injected").account(Targets.BLUE).times(1));
    }
  }
}
