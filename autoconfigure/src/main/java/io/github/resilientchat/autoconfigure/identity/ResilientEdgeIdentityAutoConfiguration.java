package io.github.resilientchat.autoconfigure.identity;

import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.keys.ResilientKeysAutoConfiguration;
import io.github.resilientchat.core.EdgeRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/** In web applications the edge finds callers too: in reactive chains, and in headers. */
@AutoConfiguration(
    after = {ResilientKeysAutoConfiguration.class, ResilientSecurityAutoConfiguration.class},
    before = ResilientIdentityAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnBean(CheckedConfiguration.class)
@EnableConfigurationProperties(CallerSourcesProperties.class)
public final class ResilientEdgeIdentityAutoConfiguration {

  @Bean
  @Order(1)
  BuiltInSource resilientEdgeSource() {
    return new BuiltInSource(EdgeRequest.sender());
  }

  @Bean
  @ConditionalOnProperty("resilient.identity.header.user")
  ProxyHeaders resilientProxyHeaders(
      CheckedConfiguration checked, CallerSourcesProperties identity) {
    CallerSourcesProperties.Header header = identity.header();
    return new ProxyHeaders(
        Objects.requireNonNull(header.user(), "checked"),
        header.tenant(),
        header.trustedProxies().stream().map(Network::parse).toList());
  }

  /** Spring's filter wraps requests, and what it wraps still knows its peer. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = Type.SERVLET)
  static class Servlets {

    @Bean
    ConfigurationCheck resilientPeerCheck(
        CallerSourcesProperties identity, Environment environment) {
      return new PeerCheck(identity.header().user(), environment, false, false);
    }
  }

  /** Spring's transformer changes requests before any filter sees them. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = Type.REACTIVE)
  static class Reactive {

    @Bean
    ConfigurationCheck resilientPeerCheck(
        CallerSourcesProperties identity,
        Environment environment,
        ObjectProvider<ForwardedHeaderTransformer> transformers) {
      @Nullable String header = identity.header().user();
      boolean transformed =
          header != null && transformers.stream().anyMatch(bean -> !bean.isRemoveOnly());
      return new PeerCheck(header, environment, true, transformed);
    }
  }
}
