package io.github.resilientchat.benchmarks.soak;

import io.github.resilientchat.benchmarks.rig.Voices;
import io.github.resilientchat.simulator.BedrockSimulator;
import java.io.IOException;
import java.time.Duration;

/** The simulators, in a process of their own, until their starter closes its end of the pipe. */
public final class SoakServer {

  private SoakServer() {}

  /** Prints one endpoint per line for each contender. */
  public static void main(String[] arguments) throws IOException {
    for (int count = Integer.parseInt(arguments[0]); count > 0; count--) {
      BedrockSimulator simulator =
          BedrockSimulator.builder()
              .latency(Duration.ofMillis(50))
              .tokenInterval(Duration.ofMillis(400))
              .start();
      simulator.answer(call -> Voices.of(call.account()));
      FaultMix.on(simulator);
      System.out.println(simulator.endpoint());
    }
    while (System.in.read() >= 0) {
      // Only the end matters.
    }
    System.exit(0);
  }
}
