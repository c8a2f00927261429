package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.route.AccountNames;
import io.github.resilientchat.autoconfigure.route.AccountsInUse;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.autoconfigure.route.ResilientRoutesAutoConfiguration;
import io.github.resilientchat.autoconfigure.route.RoutesNow;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.BedrockClientCustomizer;
import io.github.resilientchat.bedrock.BedrockClients;
import io.github.resilientchat.bedrock.RoleSessions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Accounts and SDK clients: one client for each account and Region, whatever number of targets and
 * frameworks use it. Beans of type {@link BedrockClientCustomizer} are applied to each in their
 * order; a bean of type {@link BedrockClients} replaces the one here. A bean of type {@link
 * BedrockConnectionDetails} says where a Bedrock of tests answers, in place of all accounts.
 */
@AutoConfiguration(after = ResilientRoutesAutoConfiguration.class)
@ConditionalOnBean(ConfiguredRoutes.class)
@EnableConfigurationProperties({
  AccountsProperties.class,
  HttpProperties.class,
  ProxyProperties.class
})
@Import(BlankAccountConverter.class)
public final class ResilientBedrockAutoConfiguration {

  @Bean
  AccountNames resilientAccountNames(AccountsProperties properties) {
    return new AccountNames(
        properties.accounts().keySet(),
        properties.sources(),
        AccountLimits.ids(properties.accounts()),
        AccountLimits.of(properties.accounts()));
  }

  @Bean
  ConfigurationCheck resilientAccountsCheck(
      AccountsProperties properties, HttpProperties http, ProxyProperties proxy) {
    return problems -> {
      AccountCheck.check(properties.accounts(), http, problems);
      problems.collect(() -> Optional.ofNullable(proxy.proxy()));
      AccountLimits.check(properties.accounts(), problems);
    };
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBean(BedrockConnectionDetails.class)
  @ConditionalOnMissingBean(BedrockAccounts.class)
  static class FromConnectionDetails {

    @Bean
    BedrockAccounts bedrockAccountsOfConnection(
        CheckedConfiguration checked,
        BedrockConnectionDetails connection,
        ConfiguredRoutes routes) {
      Map<String, BedrockAccount> accounts = new HashMap<>();
      for (String name : routes.accounts()) {
        accounts.put(name, connection.account(name));
      }
      return new BedrockAccounts(accounts);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean({BedrockAccounts.class, BedrockConnectionDetails.class})
  static class FromProperties {

    @Bean
    @ConditionalOnMissingBean
    RoleSessions roleSessions(ProxyProperties proxy) {
      return RoleSessions.create(proxy.proxy());
    }

    @Bean
    ConfigurationCheck resilientProfilesCheck(
        AccountsProperties properties, ObjectProvider<AccountsInUse> used) {
      return problems ->
          used.ifAvailable(
              accounts -> AccountReader.checkProfiles(properties, accounts.names(), problems));
    }

    @Bean
    BedrockAccounts bedrockAccounts(
        CheckedConfiguration checked,
        AccountsProperties properties,
        HttpProperties http,
        RoleSessions sessions,
        ListableBeanFactory beans,
        ConfiguredRoutes routes) {
      return new AccountReader(
              properties, http, sessions, new CredentialsBeans(beans), routes.regionsByAccount())
          .read();
    }
  }

  @Bean
  @ConditionalOnMissingBean
  BedrockClients bedrockClients(
      HttpProperties http,
      ProxyProperties proxy,
      ObjectProvider<BedrockClientCustomizer> customizers) {
    BedrockClients.Builder clients =
        BedrockClients.builder()
            .followAmbientEndpoint(http.allowAmbientEndpoint())
            .proxy(proxy.proxy());
    AmbientProxy.mentionUnless(proxy.proxy() != null);
    customizers.orderedStream().forEach(clients::customizer);
    return clients.build();
  }

  @Bean
  TargetClients targetClients(BedrockClients clients, BedrockAccounts accounts, RoutesNow routes) {
    return new TargetClients(clients, accounts, routes);
  }
}
