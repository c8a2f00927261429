package io.github.resilientchat.autoconfigure;

import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.simulator.BedrockSimulator;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * The embedded simulator, where {@code resilient.backend} is {@code simulator} or not set. Every
 * account then has the simulator's keys for its name, whatever credentials are configured. A bean
 * of type {@link BedrockSimulator} replaces the one here.
 */
@AutoConfiguration(after = ResilientRoutesAutoConfiguration.class)
@ConditionalOnClass(BedrockSimulator.class)
@ConditionalOnBean(ConfiguredRoutes.class)
@ConditionalOnProperty(name = "resilient.backend", havingValue = "simulator", matchIfMissing = true)
public final class ResilientSimulatorAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  BedrockSimulator bedrockSimulator(ResilientProperties properties) {
    SimulatorProperties simulator = properties.simulator();
    try {
      return BedrockSimulator.builder()
          .port(simulator.port())
          .latency(simulator.latency())
          .seed(simulator.seed())
          .start();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new InvalidConfigurationException(
          "resilient.simulator",
          "port=" + simulator.port() + ", latency=" + simulator.latency(),
          String.valueOf(e.getMessage()),
          "choose a free port from 0 (any) to 65535, and a latency that is not negative");
    }
  }

  @Bean
  @ConditionalOnMissingBean
  BedrockAccounts simulatedAccounts(BedrockSimulator simulator, ConfiguredRoutes routes) {
    Map<String, BedrockAccount> accounts = new HashMap<>();
    for (String name : AccountReader.names(routes)) {
      String key = BedrockSimulator.accessKey(name);
      accounts.put(
          name,
          BedrockAccount.staticKeys(name, key, BedrockSimulator.secretKey(), null)
              .withEndpoint(simulator.endpoint()));
    }
    return new BedrockAccounts(accounts);
  }
}
