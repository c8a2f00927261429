package io.github.resilientchat.benchmarks.soak;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilientchat.benchmarks.rig.Voices;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.ConverseCall;
import java.io.IOException;
import java.time.Duration;

/**
 * A simulator without faults, in a process of its own, until its starter closes its end of the
 * pipe: whoever offers a tool is asked for it once, then answered.
 */
public final class ToolServer {

  private ToolServer() {}

  /** Prints the endpoint. */
  public static void main(String[] arguments) throws IOException {
    BedrockSimulator simulator =
        BedrockSimulator.builder()
            .latency(Duration.ofMillis(50))
            .tokenInterval(Duration.ofMillis(200))
            .start();
    simulator.answer(ToolServer::answer);
    System.out.println(simulator.endpoint());
    while (System.in.read() >= 0) {
      // Only the end matters.
    }
    System.exit(0);
  }

  private static Answer answer(ConverseCall call) {
    boolean offered = call.request().has("toolConfig");
    return offered && !isResult(call.request().path("messages"))
        ? Answer.toolUse("asked", Tool.NAME, "{}")
        : Voices.of(call.account());
  }

  private static boolean isResult(JsonNode messages) {
    return messages.path(messages.size() - 1).path("content").path(0).has("toolResult");
  }
}
