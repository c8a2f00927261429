package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.keys.ResilientKeysAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * The routes that the properties describe. A bean of type {@link ConfiguredRoutes} replaces the one
 * here; the properties are then not read.
 */
@AutoConfiguration(after = ResilientKeysAutoConfiguration.class)
@ConditionalOnBean(CheckedConfiguration.class)
@EnableConfigurationProperties(RoutesProperties.class)
public final class ResilientRoutesAutoConfiguration {

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(ConfiguredRoutes.class)
  static class FromProperties {

    @Bean
    ConfigurationCheck resilientRoutesCheck(
        RoutesProperties properties,
        ObjectProvider<AccountNames> accounts,
        ObjectProvider<StandIn> standIn) {
      return problems ->
          RouteReader.check(
              properties,
              accounts.getIfAvailable(() -> AccountNames.NONE),
              standIn.getIfAvailable(() -> StandIn.NOBODY),
              problems);
    }

    @Bean
    AccountsInUse accountsInUse(
        RoutesProperties properties,
        ObjectProvider<AccountNames> accounts,
        ObjectProvider<StandIn> standIn) {
      return () ->
          RouteReader.accountsInUse(
              properties,
              accounts.getIfAvailable(() -> AccountNames.NONE),
              standIn.getIfAvailable(() -> StandIn.NOBODY));
    }

    @Bean
    RoutePlans routePlans(
        CheckedConfiguration checked,
        RoutesProperties properties,
        ObjectProvider<AccountNames> accounts,
        ObjectProvider<StandIn> standIn) {
      return RouteReader.plans(
          properties,
          accounts.getIfAvailable(() -> AccountNames.NONE),
          standIn.getIfAvailable(() -> StandIn.NOBODY));
    }

    @Bean
    ConfiguredRoutes configuredRoutes(
        CheckedConfiguration checked,
        RoutesProperties properties,
        ObjectProvider<AccountNames> accounts,
        ObjectProvider<StandIn> standIn) {
      return RouteReader.read(
          properties,
          accounts.getIfAvailable(() -> AccountNames.NONE),
          standIn.getIfAvailable(() -> StandIn.NOBODY));
    }
  }

  /** Of routes that an application's own bean brings. */
  @Bean
  @ConditionalOnMissingBean
  RoutePlans routePlansOfBean(ConfiguredRoutes routes) {
    return RoutePlans.ofBean(routes);
  }

  /** Not lazy even where all beans are: the start says what is in force. */
  @Bean
  @Lazy(false)
  RoutesInForce routesInForce(RoutePlans plans) {
    return new RoutesInForce(plans);
  }
}
