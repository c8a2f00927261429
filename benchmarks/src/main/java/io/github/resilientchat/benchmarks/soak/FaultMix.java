package io.github.resilientchat.benchmarks.soak;

import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import java.time.Duration;
import java.util.List;

/** What goes wrong with one call in eight or so. */
final class FaultMix {

  private static final int AFTER_START = 1;
  private static final int AFTER_TEXT = 6;

  private FaultMix() {}

  static void on(BedrockSimulator simulator) {
    List.of(
            Fault.httpError(429, "ThrottlingException", "soak").probability(0.01),
            Fault.httpError(500, "InternalServerException", "soak").probability(0.01),
            Fault.httpError(503, "ServiceUnavailableException", "soak").probability(0.001),
            Fault.reset().probability(0.002),
            Fault.hang().probability(0.005),
            Fault.slowFirstToken(Duration.ofMillis(500)).probability(0.01),
            inStream(0, "throttlingException").probability(0.01),
            inStream(AFTER_START, "modelStreamErrorException").probability(0.01),
            inStream(AFTER_TEXT, "modelStreamErrorException").probability(0.01),
            Fault.stall(AFTER_START).probability(0.005),
            Fault.stall(AFTER_TEXT).probability(0.005),
            Fault.truncate(AFTER_START).probability(0.005),
            Fault.truncate(AFTER_TEXT).probability(0.01),
            Fault.cut(AFTER_TEXT).probability(0.01),
            Fault.streamReset(AFTER_TEXT).probability(0.0005),
            Fault.badChecksum(AFTER_TEXT).probability(0.01),
            Fault.emptyStream().probability(0.005))
        .forEach(simulator::fault);
  }

  private static Fault inStream(int afterFrames, String type) {
    return Fault.streamException(afterFrames, type, "soak");
  }
}
