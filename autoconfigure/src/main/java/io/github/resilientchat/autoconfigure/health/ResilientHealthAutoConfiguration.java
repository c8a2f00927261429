package io.github.resilientchat.autoconfigure.health;

import io.github.resilientchat.autoconfigure.engine.ResilientEngineAutoConfiguration;
import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.PlanQuotas;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * The health of each route and account under {@code resilient}, off with {@code
 * management.health.resilient.enabled=false}. In no group of its own: readiness hears of it only
 * when {@code management.endpoint.health.group.readiness.include} names it, since an outage of a
 * provider is no reason to restart applications.
 *
 * <p>The types of Spring Boot 3.5 are used here; those of 4 in a jar beside this one.
 */
@AutoConfiguration(after = ResilientEngineAutoConfiguration.class)
@ConditionalOnBean(CheckedConfiguration.class)
@Conditional(OnHealthEnabled.class)
public final class ResilientHealthAutoConfiguration {

  /** Among the listeners of the engine. */
  @Bean
  CredentialsWatch resilientCredentialsWatch() {
    return new CredentialsWatch();
  }

  @Bean
  @ConditionalOnBean(Engine.class)
  @ConditionalOnMissingBean
  HealthSource resilientHealthSource(
      Engine engine,
      ConfiguredRoutes routes,
      CredentialsWatch credentials,
      ObjectProvider<CallerQuotas> quotas,
      ObjectProvider<Simulated> simulated) {
    RouteHealth health = new RouteHealth(engine.operations(), simulated.getIfAvailable() != null);
    Map<String, Map<String, Supplier<HealthReport>>> groups = new LinkedHashMap<>();
    groups.put(
        "routes",
        routes.names().stream()
            .collect(Collectors.toMap(Function.identity(), name -> () -> health.of(name))));
    Map<String, Supplier<HealthReport>> accounts = new TreeMap<>();
    routes
        .regionsByAccount()
        .forEach((name, regions) -> accounts.put(name, () -> credentials.of(name, regions)));
    accounts.remove("");
    if (!accounts.isEmpty()) {
      groups.put("accounts", accounts);
    }
    quotas.ifAvailable(
        callers -> {
          if (callers instanceof PlanQuotas plans && plans.store().isPresent()) {
            groups.put(
                "store", Map.of("quotas", () -> StoreHealth.of(plans.store().orElseThrow())));
          }
        });
    return () -> groups;
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.actuate.health.CompositeHealthContributor")
  @ConditionalOnBean(Engine.class)
  static class OnBoot3 {

    @Bean
    HealthContributor resilientHealthContributor(HealthSource source) {
      return CompositeHealthContributor.fromMap(
          source.groups(), group -> CompositeHealthContributor.fromMap(group, OnBoot3::indicator));
    }

    private static HealthIndicator indicator(Supplier<HealthReport> part) {
      return () -> {
        HealthReport report = part.get();
        return Health.status(report.status().name()).withDetails(report.details()).build();
      };
    }
  }
}
