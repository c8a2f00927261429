package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.keys.ResilientKeysAutoConfiguration;
import io.github.resilientchat.autoconfigure.quota.QuotaRoutes;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
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
  static HiddenProviders hiddenProviders(Environment environment) {
    return new HiddenProviders(environment);
  }

  @Bean
  ProviderBeans providerBeans(ListableBeanFactory beans) {
    return new ProviderBeans(beans);
  }

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
      return problems -> source(properties, accounts, standIn, later).check(problems);
    }

    @Bean
    AccountsInUse accountsInUse(
        RoutesProperties properties,
        ObjectProvider<AccountNames> accounts,
        ObjectProvider<StandIn> standIn,
        ObjectProvider<ProfilesKnownLater> later) {
      return () -> source(properties, accounts, standIn, later).accountsInUse();
    }

    @Bean
    RoutePlans routePlans(
        CheckedConfiguration checked,
        RoutesProperties properties,
        ObjectProvider<AccountNames> accounts,
        ObjectProvider<StandIn> standIn,
        ObjectProvider<ProfilesKnownLater> later) {
      return source(properties, accounts, standIn, later).plans();
    }

    @Bean
    ConfiguredRoutes configuredRoutes(
        CheckedConfiguration checked,
        RoutesProperties properties,
        ObjectProvider<AccountNames> accounts,
        ObjectProvider<StandIn> standIn,
        ObjectProvider<ProfilesKnownLater> later) {
      return source(properties, accounts, standIn, later).read();
    }

    @Bean
    RereadRoutes resilientRereadRoutes(
        Environment environment,
        ObjectProvider<AccountNames> accounts,
        ObjectProvider<StandIn> standIn,
        ObjectProvider<ProfilesKnownLater> later) {
      return new RereadRoutes(
          environment,
          properties -> source(properties, accounts, standIn, later).read(),
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

    private static RouteSource source(
        RoutesProperties properties,
        ObjectProvider<AccountNames> accounts,
        ObjectProvider<StandIn> standIn,
        ObjectProvider<ProfilesKnownLater> later) {
      return new RouteSource(
          properties,
          accounts.getIfAvailable(() -> AccountNames.NONE),
          standIn.getIfAvailable(() -> StandIn.NOBODY),
          later.getIfAvailable() != null);
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
