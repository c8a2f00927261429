package io.github.resilientchat.autoconfigure.simulator;

import io.github.resilientchat.autoconfigure.bedrock.BedrockAccounts;
import io.github.resilientchat.autoconfigure.bedrock.BedrockConnectionDetails;
import io.github.resilientchat.autoconfigure.bedrock.ResilientBedrockAutoConfiguration;
import io.github.resilientchat.autoconfigure.health.Simulated;
import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.autoconfigure.route.ResilientRoutesAutoConfiguration;
import io.github.resilientchat.autoconfigure.route.StandIn;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.SimulatorBuilder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The embedded simulator, where {@code resilient.backend} is {@code simulator} or not set. Every
 * account then has the simulator's keys for its name, whatever credentials are configured. A bean
 * of type {@link BedrockSimulator} replaces the one here.
 */
@AutoConfiguration(
    after = ResilientRoutesAutoConfiguration.class,
    before = ResilientBedrockAutoConfiguration.class)
@ConditionalOnClass(BedrockSimulator.class)
@ConditionalOnBean(ConfiguredRoutes.class)
@ConditionalOnProperty(name = "resilient.backend", havingValue = "simulator", matchIfMissing = true)
@EnableConfigurationProperties(SimulatorProperties.class)
public final class ResilientSimulatorAutoConfiguration {

  private static final Logger log =
      LoggerFactory.getLogger(ResilientSimulatorAutoConfiguration.class);

  /** So that a first call needs nothing: one route of two targets. */
  private static final StandIn STAND_IN =
      new StandIn(
          List.of(
              "us.anthropic.claude-sonnet-4-6@us-east-1",
              "us.anthropic.claude-haiku-4-5-20251001-v1:0@us-west-2"),
          Map.of("simulated", "true"));

  @Bean
  StandIn resilientStandIn(Environment environment) {
    if (!environment.containsProperty("resilient.backend")) {
      log.warn(
          "resilient.backend is not set: an embedded simulator answers with made-up text."
              + " Set resilient.backend=aws and a route to use Amazon Bedrock.");
    }
    return STAND_IN;
  }

  @Bean
  Simulated resilientSimulated() {
    return new Simulated();
  }

  @Bean
  @ConditionalOnMissingBean
  BedrockSimulator bedrockSimulator(SimulatorProperties simulator, ObjectProvider<Ticker> ticker) {
    SimulatorBuilder builder = BedrockSimulator.builder();
    // What a test lets pass, passes for Bedrock's quotas as for the callers'.
    if (ticker.getIfAvailable() instanceof InstantSource calendar) {
      builder.clock(calendar);
    }
    @Nullable Path scenario = simulator.scenario();
    if (scenario != null) {
      play(scenario, builder);
    }
    try {
      return builder
          .port(simulator.port())
          .latency(simulator.latency())
          .seed(simulator.seed())
          .resetGuard(simulator.resetGuard())
          .start();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new InvalidConfigurationException(
          "resilient.simulator",
          "port="
              + simulator.port()
              + ", latency="
              + simulator.latency()
              + ", reset-guard="
              + simulator.resetGuard(),
          String.valueOf(e.getMessage()),
          "choose a free port from 0 (any) to 65535, and a latency and reset-guard that are not negative");
    }
  }

  /** What the targets call by ARNs of an account's own, which no simulator can know. */
  @Bean
  SmartInitializingSingleton resilientSimulatedArns(
      BedrockSimulator simulator, ObjectProvider<ConfiguredRoutes> routes) {
    return () ->
        routes.ifAvailable(
            all ->
                all.all().forEach(route -> route.targets().forEach(new OwnArns(simulator)::add)));
  }

  private static void play(Path scenario, SimulatorBuilder builder) {
    try {
      builder.scenario(scenario);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          "resilient.simulator.scenario",
          scenario.toString(),
          String.valueOf(e.getMessage()),
          "write the path of a file with lines such as 5s DELETE faults");
    }
  }

  @Bean
  @ConditionalOnMissingBean({BedrockConnectionDetails.class, BedrockAccounts.class})
  BedrockConnectionDetails simulatorConnection(BedrockSimulator simulator) {
    return new SimulatorConnection(simulator);
  }
}
