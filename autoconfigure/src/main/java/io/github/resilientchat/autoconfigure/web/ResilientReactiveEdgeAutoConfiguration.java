package io.github.resilientchat.autoconfigure.web;

import io.github.resilientchat.autoconfigure.engine.ResilientEngineAutoConfiguration;
import io.github.resilientchat.autoconfigure.identity.ProxyHeaders;
import io.github.resilientchat.autoconfigure.identity.ResilientEdgeIdentityAutoConfiguration;
import io.github.resilientchat.autoconfigure.identity.SignedInUsers;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.CallerQuotas;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.DispatcherHandler;
import reactor.core.publisher.Mono;

/**
 * What clients of WebFlux are told of calls that fail, and of what is left to them. A bean of type
 * {@link EdgeAnswers} says it instead; {@code resilient.web.enabled=false} says nothing.
 */
@AutoConfiguration(
    after = {ResilientEngineAutoConfiguration.class, ResilientEdgeIdentityAutoConfiguration.class})
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass(DispatcherHandler.class)
@ConditionalOnBean({Engine.class, CallerQuotas.class})
@EnableConfigurationProperties({WebProperties.class, QuotaHeadersProperties.class})
@Import(EdgeAnswersConfiguration.class)
public final class ResilientReactiveEdgeAutoConfiguration {

  @Bean
  EdgeWebFilter resilientEdgeFilter(
      ObjectProvider<SignedInUsers> users,
      ObjectProvider<ProxyHeaders> proxies,
      WebProperties properties,
      QuotaHeaders quotas,
      EdgeAnswers answers,
      ObjectProvider<Ticker> ticker) {
    @Nullable SignedInUsers known = users.getIfAvailable();
    return new EdgeWebFilter(
        known == null ? Mono.empty() : known.sender(),
        proxies.getIfAvailable(),
        properties,
        quotas,
        answers,
        ticker.getIfAvailable(Ticker::system));
  }

  @Bean
  @ConditionalOnProperty(name = "resilient.web.enabled", matchIfMissing = true)
  ReactiveProblemAdvice resilientProblemAdvice(EdgeAnswers answers) {
    return new ReactiveProblemAdvice(answers);
  }

  @Bean
  @ConditionalOnProperty(name = "resilient.web.enabled", matchIfMissing = true)
  ReactiveProblemHandler resilientProblemHandler(EdgeAnswers answers) {
    return new ReactiveProblemHandler(answers);
  }
}
