package io.github.resilientchat.benchmarks.chaos;

import io.github.resilientchat.benchmarks.rig.Noise;
import io.github.resilientchat.benchmarks.rig.Voices;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import java.io.IOException;

/** Simulators in a process of their own, until their starter closes its end of the pipe. */
public final class ChaosServer {

  private ChaosServer() {}

  /** Prints one endpoint per line for each port given; 0 takes a free one. */
  public static void main(String[] ports) throws IOException {
    Noise.off();
    for (String port : ports) {
      BedrockSimulator simulator =
          BedrockSimulator.builder()
              .port(Integer.parseInt(port))
              .latency(Timing.UNTIL_FIRST_WORD)
              .tokenInterval(Timing.BETWEEN_WORDS)
              .start();
      simulator.answer(call -> Voices.of(call.account()));
      Voices.ACCOUNTS
          .subList(1, Contender.THREE_TARGETS.targets)
          .forEach(
              account ->
                  simulator.fault(Fault.latency(Timing.slowerThanFirst(account)).account(account)));
      System.out.println(simulator.endpoint());
    }
    while (System.in.read() >= 0) {
      // Only the end matters.
    }
    System.exit(0);
  }
}
