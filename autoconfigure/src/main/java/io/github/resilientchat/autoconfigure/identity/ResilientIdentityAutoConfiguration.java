package io.github.resilientchat.autoconfigure.identity;

import io.github.resilientchat.autoconfigure.identity.CallerSourcesProperties.Source;
import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.keys.ResilientKeysAutoConfiguration;
import io.github.resilientchat.core.CallerCarrier;
import io.github.resilientchat.core.CallerResolver;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.task.TaskDecorator;

/**
 * Whom calls are made for where nothing nearer to them says so: beans of type {@link
 * CallerResolver} in their order, then Spring Security, then a trusted proxy's headers. {@code
 * resilient.identity.sources} leaves some of them out.
 *
 * <p>{@code @Async} methods and whatever else runs on the application's task executor work for whom
 * the thread works that called them, unless the application has a {@link TaskDecorator} of its own;
 * for other executors there is the {@link CallerCarrier}.
 */
@AutoConfiguration(
    after = {ResilientKeysAutoConfiguration.class, ResilientSecurityAutoConfiguration.class})
@ConditionalOnBean(CheckedConfiguration.class)
@EnableConfigurationProperties(CallerSourcesProperties.class)
public final class ResilientIdentityAutoConfiguration {

  @Bean
  ConfigurationCheck resilientIdentityCheck(
      CallerSourcesProperties identity, ResourceLoader resources) {
    return new IdentityCheck(identity, resources.getClassLoader());
  }

  /** Asked by the models of both frameworks. */
  @Bean(name = Callers.OF_ALL_SOURCES, defaultCandidate = false)
  CallerResolver resilientCallers(
      CheckedConfiguration checked,
      CallerSourcesProperties identity,
      ObjectProvider<CallerResolver> beans,
      ObjectProvider<BuiltInSource> builtIn) {
    List<CallerResolver> sources = new ArrayList<>();
    if (identity.asks(Source.BEAN)) {
      beans.orderedStream().forEach(sources::add);
    }
    builtIn.orderedStream().map(BuiltInSource::resolver).forEach(sources::add);
    return CallerResolver.firstOf(sources);
  }

  @Bean
  @ConditionalOnMissingBean
  CallerCarrier callerCarrier(@Qualifier(Callers.OF_ALL_SOURCES) CallerResolver callers) {
    return new CallerCarrier(callers);
  }

  @Bean
  @ConditionalOnMissingBean
  TaskDecorator resilientTaskDecorator(CallerCarrier carrier) {
    return carrier::carry;
  }
}
