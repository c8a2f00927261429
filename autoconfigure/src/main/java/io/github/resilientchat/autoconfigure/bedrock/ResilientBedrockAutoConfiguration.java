package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.route.AccountNames;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.autoconfigure.route.ResilientRoutesAutoConfiguration;
import io.github.resilientchat.bedrock.BedrockClientCustomizer;
import io.github.resilientchat.bedrock.BedrockClients;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Accounts and SDK clients: one client for each account and Region, whatever number of targets and
 * frameworks use it. Beans of type {@link BedrockClientCustomizer} are applied to each in their
 * order; a bean of type {@link BedrockClients} replaces the one here.
 */
@AutoConfiguration(after = ResilientRoutesAutoConfiguration.class)
@ConditionalOnBean(ConfiguredRoutes.class)
@EnableConfigurationProperties({AccountsProperties.class, HttpProperties.class})
@Import(BlankAccountConverter.class)
public final class ResilientBedrockAutoConfiguration {

  @Bean
  AccountNames resilientAccountNames(AccountsProperties properties) {
    return new AccountNames(properties.accounts().keySet());
  }

  @Bean
  ConfigurationCheck resilientAccountsCheck(AccountsProperties properties, HttpProperties http) {
    return problems -> AccountCheck.check(properties.accounts(), http, problems);
  }

  @Bean
  @ConditionalOnMissingBean
  BedrockAccounts bedrockAccounts(
      CheckedConfiguration checked,
      AccountsProperties properties,
      HttpProperties http,
      ConfiguredRoutes routes) {
    return AccountReader.read(properties, http, routes.regionsByAccount());
  }

  @Bean
  @ConditionalOnMissingBean
  BedrockClients bedrockClients(
      HttpProperties http, ObjectProvider<BedrockClientCustomizer> customizers) {
    BedrockClients.Builder clients =
        BedrockClients.builder().followAmbientEndpoint(http.allowAmbientEndpoint());
    customizers.orderedStream().forEach(clients::customizer);
    return clients.build();
  }

  @Bean
  TargetClients targetClients(BedrockClients clients, BedrockAccounts accounts) {
    return new TargetClients(clients, accounts);
  }
}
