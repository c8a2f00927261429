package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.keys.ResilientKeysAutoConfiguration;
import io.github.resilientchat.autoconfigure.quota.QuotaRoutes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The routes that the properties describe. A bean of type {@link ConfiguredRoutes} replaces the one
 * here; the properties are then not read.
 */
@AutoConfiguration(after = ResilientKeysAutoConfiguration.class)
@ConditionalOnBean(CheckedConfiguration.class)
@EnableConfigurationProperties(RoutesProperties.class)
public final class ResilientRoutesAutoConfiguration {

  @Bean
  RoutesNow resilientRoutesNow(ConfiguredRoutes routes) {
    return new RoutesNow(routes);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(ConfiguredRoutes.class)
  static class FromProperties {

    @Bean
    ConfigurationCheck resilientRoutesCheck(
        RoutesProperties properties,
        ObjectProvider<AccountNames> accounts,
        ObjectProvider<StandIn> standIn,
        ObjectProvider<ProfilesKnownLater> later) {
      return problems -> problems.collect(() -> read(properties, accounts, standIn, later));
    }

    @Bean
    ConfiguredRoutes configuredRoutes(
        CheckedConfiguration checked,
        RoutesProperties properties,
        ObjectProvider<AccountNames> accounts,
        ObjectProvider<StandIn> standIn,
        ObjectProvider<ProfilesKnownLater> later) {
      return read(properties, accounts, standIn, later);
    }

    @Bean
    RereadRoutes resilientRereadRoutes(
        Environment environment,
        ObjectProvider<AccountNames> accounts,
        ObjectProvider<StandIn> standIn,
        ObjectProvider<ProfilesKnownLater> later) {
      return new RereadRoutes(
          environment,
          properties -> read(properties, accounts, standIn, later),
          properties -> quotas(properties, standIn));
    }

    @Bean
    QuotaRoutes quotaRoutes(RoutesProperties properties, ObjectProvider<StandIn> standIn) {
      return quotas(properties, standIn);
    }

    private static QuotaRoutes quotas(
        RoutesProperties properties, ObjectProvider<StandIn> standIn) {
      return RouteReader.quotas(properties, standIn.getIfAvailable(() -> StandIn.NOBODY));
    }

    private static ConfiguredRoutes read(
        RoutesProperties properties,
        ObjectProvider<AccountNames> accounts,
        ObjectProvider<StandIn> standIn,
        ObjectProvider<ProfilesKnownLater> later) {
      return RouteReader.read(
          properties,
          accounts.getIfAvailable(() -> AccountNames.NONE),
          standIn.getIfAvailable(() -> StandIn.NOBODY),
          later.getIfAvailable() != null);
    }
  }
}
