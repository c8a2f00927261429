package io.github.resilientchat.autoconfigure.engine;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.quota.ResilientQuotaAutoConfiguration;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.autoconfigure.route.ResilientRoutesAutoConfiguration;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.report.DecisionLog;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.Route;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;

/**
 * The one engine of an application, shared by the models of both frameworks, so that a quota is one
 * over both.
 *
 * <p>Takes up beans of these types: {@link RouteListener} and {@link FailureClassifier} in their
 * order (of classifiers with the same order, beans are asked before those on the class path), a
 * {@link CircuitBreakerRegistry}, a {@link Ticker}, {@link EngineCustomizer}s. A bean of type
 * {@link DecisionLog} or {@link Engine} replaces the one here.
 */
@AutoConfiguration(
    after = {ResilientRoutesAutoConfiguration.class, ResilientQuotaAutoConfiguration.class},
    afterName = {
      "io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration",
      "io.github.resilience4j.springboot4.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration"
    })
@ConditionalOnBean(ConfiguredRoutes.class)
@EnableConfigurationProperties(ObservabilityProperties.class)
public final class ResilientEngineAutoConfiguration {

  /** Spring Boot's own. */
  private static final Duration PHASES_TIME = Duration.ofSeconds(30);

  @Bean
  ConfigurationCheck resilientDecisionsCheck(ObservabilityProperties properties) {
    return problems -> {
      int kept = properties.decisions().keep();
      if (kept < 0) {
        problems.add(
            OnDecisionsKept.KEY,
            String.valueOf(kept),
            "must not be negative",
            "write how many are kept in memory, or 0 to keep none");
      }
    };
  }

  @Bean
  GenAi resilientGenAi(ObservabilityProperties properties) {
    return properties.genAi();
  }

  /** Where breakers are registered, so that who looks for them finds them. */
  @Bean
  @ConditionalOnMissingBean
  CircuitBreakerRegistry resilientCircuitBreakerRegistry() {
    return CircuitBreakerRegistry.ofDefaults();
  }

  /** Among the listeners of the engine, as every {@link RouteListener}. */
  @Bean
  @ConditionalOnMissingBean
  @Conditional(OnDecisionsKept.class)
  DecisionLog decisionLog(CheckedConfiguration checked, ObservabilityProperties properties) {
    return new DecisionLog(properties.decisions().keep());
  }

  @Bean
  @ConditionalOnMissingBean
  Engine resilientEngine(
      ConfiguredRoutes routes,
      CallerQuotas quotas,
      ObjectProvider<RouteListener> listeners,
      ObjectProvider<FailureClassifier> classifiers,
      ObjectProvider<CircuitBreakerRegistry> breakers,
      ObjectProvider<Ticker> ticker,
      ObjectProvider<EngineCustomizer> customizers) {
    requirePrices(routes, quotas);
    Engine.Builder engine = Engine.builder().quotas(quotas);
    classifiers.orderedStream().forEach(engine::classifier);
    listeners.orderedStream().forEach(engine::listener);
    breakers.ifAvailable(engine::circuitBreakers);
    ticker.ifAvailable(engine::ticker);
    customizers.orderedStream().forEach(customizer -> customizer.customize(engine));
    return engine.build();
  }

  /** As long as Spring Boot gives a phase of its shutdown; none where that is immediate. */
  @Bean
  StreamsUntilTheEnd resilientStreamsUntilTheEnd(Engine engine, Environment environment) {
    Binder properties = Binder.get(environment);
    boolean atOnce =
        properties
            .bind("server.shutdown", String.class)
            .map("immediate"::equalsIgnoreCase)
            .orElse(false);
    return new StreamsUntilTheEnd(
        engine.streams(),
        atOnce
            ? Duration.ZERO
            : properties
                .bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
                .orElse(PHASES_TIME));
  }

  /** Before anybody calls: a limit in money says nothing of a target whose prices nobody knows. */
  private static void requirePrices(ConfiguredRoutes routes, CallerQuotas quotas) {
    Problems problems = new Problems();
    if (quotas instanceof PlanQuotas plans) {
      for (Route route : routes.all()) {
        try {
          plans.requirePrices(route.tariff());
        } catch (IllegalArgumentException e) {
          problems.add(
              "resilient.routes." + route.name() + ".targets",
              null,
              String.valueOf(e.getMessage()),
              "name the model under resilient.models.<name> with an id, an input-price and an"
                  + " output-price in US dollars per million tokens, or set no limit in money");
        }
      }
    }
    problems.report();
  }
}
