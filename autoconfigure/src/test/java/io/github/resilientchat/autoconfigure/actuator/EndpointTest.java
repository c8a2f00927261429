package io.github.resilientchat.autoconfigure.actuator;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.operation.ResilientOperationAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EndpointTest extends EndpointContract {

  @Override
  protected ApplicationContextRunner endpoint() {
    return Startup.runner()
        .withConfiguration(
            AutoConfigurations.of(
                ResilientOperationAutoConfiguration.class,
                ResilientActuatorAutoConfiguration.class,
                EndpointAutoConfiguration.class,
                JmxAutoConfiguration.class,
                JmxEndpointAutoConfiguration.class));
  }
}
