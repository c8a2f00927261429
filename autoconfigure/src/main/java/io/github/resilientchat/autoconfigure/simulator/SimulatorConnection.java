package io.github.resilientchat.autoconfigure.simulator;

import io.github.resilientchat.autoconfigure.bedrock.BedrockConnectionDetails;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.simulator.BedrockSimulator;

/**
 * The connection to a simulator. As a bean beside a simulator that a test started, it lets that one
 * answer although the application's file says {@code resilient.backend=aws}.
 */
public record SimulatorConnection(BedrockSimulator simulator) implements BedrockConnectionDetails {

  @Override
  public BedrockAccount account(String name) {
    return BedrockAccount.staticKeys(
            name, BedrockSimulator.accessKey(name), BedrockSimulator.secretKey(), null)
        .withEndpoint(simulator.endpoint());
  }
}
