package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.autoconfigure.route.ProfilesKnownLater;
import io.github.resilientchat.bedrock.ControlPlane;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/**
 * Asks the control plane about the targets when the application starts, where {@code
 * resilient.discovery.profiles} says so. A bean of type {@link ControlPlane} replaces the one here.
 */
@AutoConfiguration(after = ResilientBedrockAutoConfiguration.class)
@ConditionalOnBean(ConfiguredRoutes.class)
@EnableConfigurationProperties(DiscoveryProperties.class)
public final class ResilientDiscoveryAutoConfiguration {

  @Configuration(proxyBeanMethods = false)
  static class Asked {

    @Bean
    ControlEndpoints resilientControlEndpoints(AccountsProperties properties, HttpProperties http) {
      return new ControlEndpoints(properties, http);
    }

    @Bean
    @ConditionalOnMissingBean
    ControlPlane bedrockControlPlane(ControlEndpoints endpoints, ProxyProperties proxy) {
      return new ControlPlane(endpoints::of, proxy.proxy());
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = "resilient.discovery.profiles", havingValue = "lazy")
  @Import(Asked.class)
  static class Lazily {

    @Bean
    @Lazy(false)
    ApplicationListener<ApplicationReadyEvent> resilientProfileDiscovery(
        CheckedConfiguration checked,
        ControlPlane control,
        BedrockAccounts accounts,
        ControlEndpoints endpoints,
        ConfiguredRoutes routes) {
      ProfileDiscovery discovery =
          new ProfileDiscovery(control, accounts, endpoints, InstantSource.system());
      discovery.checkEndpoints(routes);
      return ready -> discovery.warnLater(routes);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = "resilient.discovery.profiles", havingValue = "start")
  @Import(Asked.class)
  static class AtStart {

    @Bean
    ProfilesKnownLater resilientProfilesKnownLater(ObjectProvider<ProfileDiscovery> discovery) {
      return (routes, problems) -> discovery.getObject().checkAgain(routes, problems);
    }

    /** Not lazy even where all beans are: a target that is not there stops the start. */
    @Bean
    @Lazy(false)
    ProfileDiscovery resilientProfileDiscovery(
        CheckedConfiguration checked,
        ControlPlane control,
        BedrockAccounts accounts,
        ControlEndpoints endpoints,
        ConfiguredRoutes routes) {
      ProfileDiscovery discovery =
          new ProfileDiscovery(control, accounts, endpoints, InstantSource.system());
      discovery.check(routes);
      return discovery;
    }
  }
}
