package io.github.resilientchat.autoconfigure.keys;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Checks the property tree. Everything that is wrong with it stops the application here, with the
 * key, the value and what to write instead. Without this there is nothing of this library.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "resilient.enabled", matchIfMissing = true)
@Conditional(OnModelWanted.class)
@EnableConfigurationProperties(ResilientProperties.class)
public final class ResilientKeysAutoConfiguration {

  @Bean
  static StartUpCheck resilientStartUpCheck(Environment environment) {
    return new StartUpCheck(environment);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.SanitizingFunction")
  static class InActuator {

    @Bean
    SecretsInActuator resilientSecretsInActuator() {
      return new SecretsInActuator();
    }
  }

  @Bean
  RereadProperties resilientRereadProperties(
      Environment environment, ConfigurableListableBeanFactory beans) {
    return new RereadProperties(
        environment, beans.getBeanClassLoader(), AccountCredentials.areRead(environment, beans));
  }

  @Bean
  static BindProblems resilientBindProblems() {
    return new BindProblems();
  }

  /** Not lazy even where all beans are: wrong properties stop the start, not the first call. */
  @Bean
  @Lazy(false)
  CheckedConfiguration resilientCheckedConfiguration(ListableBeanFactory beans) {
    Problems problems = new Problems();
    new FeatureChecks(beans).run(problems);
    return new CheckedConfiguration(problems);
  }
}
