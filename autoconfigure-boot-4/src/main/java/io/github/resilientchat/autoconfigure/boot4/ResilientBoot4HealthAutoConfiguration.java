package io.github.resilientchat.autoconfigure.boot4;

import io.github.resilientchat.autoconfigure.health.HealthReport;
import io.github.resilientchat.autoconfigure.health.HealthSource;
import io.github.resilientchat.autoconfigure.health.OnHealthEnabled;
import io.github.resilientchat.autoconfigure.health.ResilientHealthAutoConfiguration;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The health of routes and accounts in Spring Boot 4, where its types are in other packages. */
@AutoConfiguration(after = ResilientHealthAutoConfiguration.class)
@Conditional(OnHealthEnabled.class)
public final class ResilientBoot4HealthAutoConfiguration {

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthContributor")
  static class OnBoot4 {

    @Bean
    @ConditionalOnBean(HealthSource.class)
    HealthContributor resilientHealthContributor(HealthSource source) {
      return CompositeHealthContributor.fromMap(
          source.groups(), group -> CompositeHealthContributor.fromMap(group, OnBoot4::indicator));
    }

    private static HealthIndicator indicator(Supplier<HealthReport> part) {
      return () -> {
        HealthReport report = part.get();
        return Health.status(report.status().name()).withDetails(report.details()).build();
      };
    }
  }
}
