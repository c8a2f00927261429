package io.github.resilientchat.autoconfigure.identity;

import io.github.resilientchat.autoconfigure.identity.CallerSourcesProperties.Source;
import io.github.resilientchat.autoconfigure.keys.CheckedConfiguration;
import io.micrometer.context.ContextRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Hooks;

/**
 * Lets blocking calls in reactive chains, such as those of {@code Mono.fromCallable}, know whom the
 * chain works for: Reactor restores thread-locals from its context, as {@code
 * spring.reactor.context-propagation=auto} has it. An application that sets this property, to
 * whatever value, has the say.
 */
@AutoConfiguration(after = ResilientIdentityAutoConfiguration.class)
@ConditionalOnClass({Hooks.class, ContextRegistry.class})
@ConditionalOnBean({CheckedConfiguration.class, BuiltInSource.class})
@EnableConfigurationProperties(CallerSourcesProperties.class)
public final class ResilientContextPropagationAutoConfiguration {

  private static final String KEY = "spring.reactor.context-propagation";

  ResilientContextPropagationAutoConfiguration(
      CallerSourcesProperties identity, Environment environment) {
    ContextRegistry.getInstance().registerThreadLocalAccessor(new EdgeRequestAccessor());
    boolean wanted = identity.asks(Source.SECURITY) || identity.asks(Source.HEADER);
    if (wanted && environment.getProperty(KEY) == null) {
      Hooks.enableAutomaticContextPropagation();
    }
  }
}
