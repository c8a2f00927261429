package io.github.resilientchat.autoconfigure.engine;

import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.observation.AttemptObservationConvention;
import io.github.resilientchat.observation.CallObservationConvention;
import io.github.resilientchat.observation.CallObservations;
import io.github.resilientchat.observation.CallerIds;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * How calls are observed, by both frameworks: where a bean of type {@link ObservationRegistry} is.
 * A bean of type {@link CallObservationConvention} or {@link AttemptObservationConvention} says
 * what observations are called and hold; one of type {@link CallerIds} how callers are named in
 * them.
 */
@AutoConfiguration(after = ResilientEngineAutoConfiguration.class)
@ConditionalOnBean(Engine.class)
@EnableConfigurationProperties(ObservabilityProperties.class)
public final class ResilientObservationAutoConfiguration {

  private static final String KEY = "resilient.observability.hash-key";
  private static final int SHORTEST_KEY = 16;

  @Bean
  ConfigurationCheck resilientHashKeyCheck(ObservabilityProperties properties) {
    return problems -> {
      @Nullable String key = properties.hashKey();
      if (key != null && key.length() < SHORTEST_KEY) {
        problems.add(
            KEY,
            key,
            "has fewer than " + SHORTEST_KEY + " characters, so that names could be found by trial",
            "write a longer secret, or none for one that each start makes");
      }
    };
  }

  @Bean
  @ConditionalOnMissingBean
  CallerIds resilientCallerIds(ObservabilityProperties properties) {
    @Nullable String key = properties.hashKey();
    return key == null || key.isEmpty() ? CallerIds.random() : CallerIds.keyed(key);
  }

  @Bean
  @ConditionalOnMissingBean
  CallObservations resilientCallObservations(
      ObjectProvider<ObservationRegistry> registry,
      ObjectProvider<CallObservationConvention> calls,
      ObjectProvider<AttemptObservationConvention> attempts,
      CallerIds callers) {
    return new CallObservations(
        registry.getIfAvailable(() -> ObservationRegistry.NOOP),
        calls.getIfAvailable(),
        attempts.getIfAvailable(),
        callers);
  }
}
