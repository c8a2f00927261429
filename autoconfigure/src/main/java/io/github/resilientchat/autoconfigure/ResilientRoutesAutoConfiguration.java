package io.github.resilientchat.autoconfigure;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Reads the property tree into routes. Everything that is wrong with it stops the application here,
 * with the key, the value and what to write instead.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "resilient.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ResilientProperties.class)
@Import(BlankAccountConverter.class)
public final class ResilientRoutesAutoConfiguration {

  private static final Logger log = LoggerFactory.getLogger(ResilientRoutesAutoConfiguration.class);

  @Bean
  static StartUpCheck resilientStartUpCheck(Environment environment) {
    return new StartUpCheck(environment);
  }

  /** Not lazy even where all beans are: wrong properties stop the start, not the first call. */
  @Bean
  @Lazy(false)
  @ConditionalOnMissingBean
  ConfiguredRoutes configuredRoutes(ResilientProperties properties) {
    if (properties.backend() == Backend.AWS) {
      return RouteReader.read(properties, Map.of());
    }
    if (properties.backend() == null) {
      log.warn(
          "resilient.backend is not set: an embedded simulator answers with made-up text."
              + " Set resilient.backend=aws and a route to use Amazon Bedrock.");
    }
    return RouteReader.read(SimulatedRoutes.in(properties), Map.of("simulated", "true"));
  }
}
