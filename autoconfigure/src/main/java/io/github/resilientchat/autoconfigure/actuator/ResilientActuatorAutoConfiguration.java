package io.github.resilientchat.autoconfigure.actuator;

import io.github.resilientchat.autoconfigure.engine.ResilientEngineAutoConfiguration;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.report.DecisionLog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** The endpoint {@code resilient}, where it is exposed; see {@link ResilientEndpoint}. */
@AutoConfiguration(after = ResilientEngineAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(Engine.class)
@ConditionalOnAvailableEndpoint(ResilientEndpoint.class)
public final class ResilientActuatorAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ResilientEndpoint resilientEndpoint(
      Engine engine, ObjectProvider<DecisionLog> decisions, ApplicationEventPublisher events) {
    Operations operations = engine.operations();
    return new ResilientEndpoint(
        operations, new Changes(operations, events), decisions::getIfAvailable);
  }
}
