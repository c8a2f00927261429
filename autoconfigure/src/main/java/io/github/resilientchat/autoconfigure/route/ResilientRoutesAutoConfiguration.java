package io.github.resilientchat.autoconfigure.route;

import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.keys.RereadProperties;
import io.github.resilientchat.autoconfigure.keys.ResilientKeysAutoConfiguration;
import io.github.resilientchat.autoconfigure.quota.QuotaRoutes;
import io.github.resilientchat.core.route.RoutingStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
 * The routes that the properties describe, with the strategies that they name among the beans of
 * type {@link RoutingStrategy}. A bean of type {@link ConfiguredRoutes} replaces the routes here;
 * the properties are then not read.
 */
@AutoConfiguration(after = ResilientKeysAutoConfiguration.class)
@ConditionalOnBean(CheckedConfiguration.class)
@EnableConfigurationProperties(RoutesProperties.class)
public final class ResilientRoutesAutoConfiguration {

  private static final Logger LOG =
      LoggerFactory.getLogger("io.github.resilientchat.configuration");

  @Bean
  static HiddenProviders hiddenProviders(Environment environment) {
    return new HiddenProviders(environment);
  }

  @Bean
  ProviderBeans providerBeans(ListableBeanFactory beans) {
    return new ProviderBeans(beans);
  }

  @Bean
  RoutesNow resilientRoutesNow(ConfiguredRoutes routes, RoutePlans plans) {
    return new RoutesNow(routes, plans);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(ConfiguredRoutes.class)
  static class FromProperties {

    @Bean
    RouteSource resilientRouteSource(
        RoutesProperties properties,
        ObjectProvider<AccountNames> accounts,
        ObjectProvider<StandIn> standIn,
        ObjectProvider<ProfilesKnownLater> later,
        ListableBeanFactory beans) {
      return new RouteSource(
          properties,
          accounts.getIfAvailable(() -> AccountNames.NONE),
          standIn.getIfAvailable(() -> StandIn.NOBODY),
          later.getIfAvailable() != null,
          beans.getBeansOfType(RoutingStrategy.class, true, false));
    }

    @Bean
    ConfigurationCheck resilientRoutesCheck(RouteSource source) {
      return source::read;
    }

    @Bean
    AccountsInUse accountsInUse(RouteSource source) {
      return source::accountsInUse;
    }

    @Bean
    RereadRoutes resilientRereadRoutes(
        RereadProperties again, RouteSource source, ObjectProvider<ProfilesKnownLater> later) {
      return new RereadRoutes(
          again,
          (properties, problems) -> {
            RoutesAsRead read = source.of(properties).read(problems);
            if (problems.isEmpty()) {
              later.ifAvailable(known -> known.check(read.routes(), problems));
            }
            return read;
          });
    }

    @Bean
    QuotaRoutes quotaRoutes(RouteSource source) {
      return source.quotas();
    }

    @Bean
    RoutePlans routePlans(CheckedConfiguration checked, RouteSource source) {
      return source.plans();
    }

    @Bean
    ConfiguredRoutes configuredRoutes(CheckedConfiguration checked, RouteSource source) {
      return source.read();
    }
  }

  /** Of routes that an application's own bean brings. */
  @Bean
  @ConditionalOnMissingBean
  RoutePlans routePlansOfBean(ConfiguredRoutes routes, RoutesProperties properties) {
    if (!properties.routes().isEmpty() || !properties.targets().isEmpty()) {
      LOG.warn(
          "resilient.routes and resilient.targets are not read, because a bean of type"
              + " ConfiguredRoutes replaces them; take out the properties, or the bean");
    }
    return RoutePlans.ofBean(routes);
  }

  /** Not lazy even where all beans are: the start says what is in force. */
  @Bean
  @Lazy(false)
  RoutesInForce routesInForce(RoutePlans plans) {
    return new RoutesInForce(plans);
  }
}
