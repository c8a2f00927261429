package io.github.resilientchat.autoconfigure.operation;

import io.github.resilientchat.autoconfigure.engine.ResilientEngineAutoConfiguration;
import io.github.resilientchat.autoconfigure.keys.RereadProperties;
import io.github.resilientchat.autoconfigure.quota.RereadQuotas;
import io.github.resilientchat.autoconfigure.route.RereadRoutes;
import io.github.resilientchat.autoconfigure.route.RoutesNow;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.quota.CallerQuotas;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * What an operator may change while the application runs. Properties that change meanwhile are
 * taken over when Spring Cloud says so, or when somebody asks for it.
 */
@AutoConfiguration(after = ResilientEngineAutoConfiguration.class)
@ConditionalOnBean({Engine.class, RoutesNow.class})
public final class ResilientOperationAutoConfiguration {

  @Bean
  Reload resilientReload(
      Engine engine,
      RereadProperties properties,
      RoutesNow now,
      ObjectProvider<RereadRoutes> routes,
      ObjectProvider<RereadQuotas> quotas,
      CallerQuotas held,
      ApplicationEventPublisher events) {
    return new Reload(
        engine.operations(),
        properties,
        now,
        routes::getIfAvailable,
        quotas::getIfAvailable,
        held,
        events);
  }

  @Bean
  OperatorChanges resilientOperatorChanges(
      Engine engine, Reload reload, ApplicationEventPublisher events) {
    return new OperatorChanges(engine.operations(), reload, events);
  }

  @Bean
  EnvironmentChanges resilientEnvironmentChanges(Reload reload) {
    return new EnvironmentChanges(reload);
  }
}
