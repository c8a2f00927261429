package io.github.resilientchat.autoconfigure.metrics;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilientchat.autoconfigure.engine.GenAi;
import io.github.resilientchat.autoconfigure.engine.ResilientEngineAutoConfiguration;
import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.operation.Reload;
import io.github.resilientchat.autoconfigure.operation.Reloaded;
import io.github.resilientchat.autoconfigure.operation.ResilientOperationAutoConfiguration;
import io.github.resilientchat.autoconfigure.route.RoutesNow;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.report.CallReport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Meters of calls, attempts and targets, for whatever registries the application has: they bind
 * {@link MeterBinder} beans themselves. The same for both frameworks, because the engine is.
 */
@AutoConfiguration(
    after = {ResilientEngineAutoConfiguration.class, ResilientOperationAutoConfiguration.class})
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(CheckedConfiguration.class)
public final class ResilientMetricsAutoConfiguration {

  /** Among the listeners of the engine. */
  @Bean
  CallMeters resilientCallMeters(GenAi genAi) {
    List<BiConsumer<CallReport, MeterRegistry>> parts = new ArrayList<>();
    parts.add(RouteMeters::record);
    if (genAi == GenAi.LATEST) {
      parts.add(GenAiMeters::record);
    }
    return new CallMeters(parts);
  }

  @Bean
  @ConditionalOnBean(Engine.class)
  TargetMeters resilientTargetMeters(Engine engine, RoutesNow routes) {
    return new TargetMeters(engine.operations(), () -> routes.get().all());
  }

  @Bean
  @ConditionalOnBean(Engine.class)
  ApplicationListener<PayloadApplicationEvent<Reloaded>> resilientMetersFollow(
      TargetMeters meters) {
    return event -> meters.follow();
  }

  @Bean
  @ConditionalOnBean(Reload.class)
  MeterBinder resilientReloadMeters(Reload reload) {
    return new ReloadMeters(reload.counts());
  }

  /** Meters of the store that instances share, if there is one. */
  @Bean
  @ConditionalOnBean(CallerQuotas.class)
  MeterBinder resilientStoreMeters(CallerQuotas quotas) {
    return quotas instanceof PlanQuotas plans ? new StoreMeters(plans) : registry -> {};
  }

  /** Resilience4j's own meters, unless its starter brings them. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(TaggedCircuitBreakerMetrics.class)
  static class OfBreakers {

    @Bean
    @ConditionalOnMissingBean(TaggedCircuitBreakerMetrics.class)
    TaggedCircuitBreakerMetrics resilientCircuitBreakerMetrics(CircuitBreakerRegistry breakers) {
      return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers);
    }
  }
}
