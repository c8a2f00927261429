package io.github.resilientchat.autoconfigure.actuator;

import io.github.resilientchat.autoconfigure.operation.OperatorChanges;
import io.github.resilientchat.autoconfigure.operation.ResilientOperationAutoConfiguration;
import io.github.resilientchat.autoconfigure.route.RoutesNow;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.UsageReader;
import io.github.resilientchat.core.report.DecisionLog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The endpoint {@code resilient}, where it is exposed; see {@link ResilientEndpoint}. */
@AutoConfiguration(after = ResilientOperationAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean({Engine.class, OperatorChanges.class})
@ConditionalOnAvailableEndpoint(ResilientEndpoint.class)
public final class ResilientActuatorAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ResilientEndpoint resilientEndpoint(
      Engine engine,
      OperatorChanges changes,
      CallerQuotas quotas,
      ObjectProvider<DecisionLog> decisions,
      ObjectProvider<UsageReader> usage,
      RoutesNow routes) {
    Operations operations = engine.operations();
    return new ResilientEndpoint(
        operations,
        changes,
        decisions::getIfAvailable,
        new QuotaView(quotas, usage::getIfAvailable),
        routes::plans);
  }
}
