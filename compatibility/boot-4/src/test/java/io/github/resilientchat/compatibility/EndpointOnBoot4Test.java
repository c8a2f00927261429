package io.github.resilientchat.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.operation.Part;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.jmx.JmxEndpointsSupplier;
import org.springframework.boot.actuate.endpoint.jmx.JmxOperation;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The endpoint and the meters, on Spring Boot 4. */
class EndpointOnBoot4Test {

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(Application.class)
          .withPropertyValues(
              "spring.main.cloud-platform=none",
              "spring.jmx.enabled=true",
              "spring.jmx.unique-names=true",
              "management.endpoints.jmx.exposure.include=resilient",
              "management.endpoint.resilient.access=UNRESTRICTED",
              "resilient.backend=aws",
              "resilient.accounts.main.access-key=AKIAIOSFODNN7EXAMPLE",
              "resilient.accounts.main.secret-key=the-secret-key",
              "resilient.routes.chat.targets=a.b@us-east-1/main, a.b@us-west-2/main");

  private static Optional<JmxOperation> operation(ApplicationContext context, String name) {
    return context.getBean(JmxEndpointsSupplier.class).getEndpoints().stream()
        .filter(endpoint -> endpoint.getEndpointId().toString().equals("resilient"))
        .flatMap(endpoint -> endpoint.getOperations().stream())
        .filter(operation -> operation.getName().equals(name))
        .findFirst();
  }

  private static Object call(
      ApplicationContext context, String name, Map<String, Object> arguments) {
    return operation(context, name)
        .orElseThrow()
        .invoke(new InvocationContext(as("alice\nERROR"), arguments));
  }

  private static SecurityContext as(String user) {
    return new SecurityContext() {
      @Override
      public Principal getPrincipal() {
        return () -> user;
      }

      @Override
      public boolean isUserInRole(String role) {
        return false;
      }
    };
  }

  @Test
  void optionalParametersAreOptionalAndAChangeIsMade() {
    runner.run(
        context -> {
          Engine engine = context.getBean(Engine.class);
          engine.router(context.getBean(ConfiguredRoutes.class).route("chat"));

          call(context, "change", Map.of("action", "drain", "region", "us-east-1"));

          assertThat(engine.operations().drained()).containsExactly(Part.region("us-east-1"));
          assertThat(call(context, "all", Map.of()).toString()).contains("state=drained");
        });
  }

  @Test
  void metersAreInTheApplicationsRegistry() {
    runner.run(
        context -> {
          Engine engine = context.getBean(Engine.class);
          engine.router(context.getBean(ConfiguredRoutes.class).route("chat"));

          assertThat(
                  context.getBean(MeterRegistry.class).get("resilient.target.available").gauges())
              .hasSize(2)
              .allSatisfy(gauge -> assertThat(gauge.value()).isEqualTo(1));
        });
  }
}
