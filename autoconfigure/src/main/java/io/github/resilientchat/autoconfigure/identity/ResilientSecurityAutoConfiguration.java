package io.github.resilientchat.autoconfigure.identity;

import io.github.resilientchat.autoconfigure.identity.CallerSourcesProperties.Source;
import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.keys.ResilientKeysAutoConfiguration;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.ClassUtils;

/**
 * Where Spring Security is on the class path, calls are made for whom it has signed in: on threads
 * of servlets and wherever its context is carried to. What it knows in reactive chains, the web's
 * edge finds.
 */
@AutoConfiguration(after = ResilientKeysAutoConfiguration.class)
@ConditionalOnClass(SecurityContextHolder.class)
@ConditionalOnBean(CheckedConfiguration.class)
@EnableConfigurationProperties(CallerSourcesProperties.class)
public final class ResilientSecurityAutoConfiguration {

  private static final String TOKENS = "org.springframework.security.oauth2.core.ClaimAccessor";

  @Bean
  @ConditionalOnMissingBean
  SecurityCallers resilientSecurityCallers(CallerSourcesProperties identity) {
    boolean tokens = ClassUtils.isPresent(TOKENS, SecurityCallers.class.getClassLoader());
    return new SecurityCallers(identity, tokens ? TokenClaims::of : authentication -> Map.of());
  }

  @Bean
  @Order(0)
  BuiltInSource resilientSecuritySource(
      CallerSourcesProperties identity, SecurityCallers signedIn) {
    return new BuiltInSource(
        identity.asks(Source.SECURITY)
            ? () -> signedIn.of(SecurityContextHolder.getContext().getAuthentication())
            : Optional::empty);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = Type.REACTIVE)
  static class Reactive {

    @Bean
    SignedInUsers resilientSignedInUsers(
        CallerSourcesProperties identity, SecurityCallers callers) {
      return new SignedInUsers(identity.asks(Source.SECURITY), callers);
    }
  }
}
