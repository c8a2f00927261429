package io.github.resilientchat.autoconfigure;

import io.github.resilientchat.bedrock.BedrockClientCustomizer;
import io.github.resilientchat.bedrock.BedrockClients;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Accounts and SDK clients: one client for each account and Region, whatever number of targets and
 * frameworks use it. Beans of type {@link BedrockClientCustomizer} are applied to each in their
 * order; a bean of type {@link BedrockClients} replaces the one here.
 */
@AutoConfiguration(after = ResilientSimulatorAutoConfiguration.class)
@ConditionalOnBean(ConfiguredRoutes.class)
public final class ResilientBedrockAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  BedrockAccounts bedrockAccounts(ResilientProperties properties, ConfiguredRoutes routes) {
    return AccountReader.read(properties, routes);
  }

  @Bean
  @ConditionalOnMissingBean
  BedrockClients bedrockClients(ObjectProvider<BedrockClientCustomizer> customizers) {
    BedrockClients.Builder clients = BedrockClients.builder();
    customizers.orderedStream().forEach(clients::customizer);
    return clients.build();
  }

  @Bean
  TargetClients targetClients(BedrockClients clients, BedrockAccounts accounts) {
    return new TargetClients(clients, accounts);
  }
}
