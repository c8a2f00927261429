package io.github.resilientchat.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.actuator.EndpointContract;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.engine.Engine;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** All that the endpoint does, and the meters, on Spring Boot 4. */
class EndpointOnBoot4Test extends EndpointContract {

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  @Override
  protected ApplicationContextRunner endpoint() {
    return new ApplicationContextRunner()
        .withUserConfiguration(Application.class)
        .withPropertyValues("spring.main.cloud-platform=none");
  }

  @Test
  void metersAreInTheApplicationsRegistry() {
    exposed()
        .run(
            context -> {
              Engine engine = context.getBean(Engine.class);
              engine.router(context.getBean(ConfiguredRoutes.class).route("chat"));

              assertThat(
                      context
                          .getBean(MeterRegistry.class)
                          .get("resilient.target.available")
                          .gauges())
                  .hasSize(2)
                  .allSatisfy(gauge -> assertThat(gauge.value()).isEqualTo(1));
            });
  }
}
